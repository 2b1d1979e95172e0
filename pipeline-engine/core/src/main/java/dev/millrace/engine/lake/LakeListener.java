package dev.millrace.engine.lake;

import dev.millrace.engine.model.TableName;
import java.time.Duration;

/// Hears what a lake does beside commits.
///
/// Called on the thread that commits, which must not be held up.
@FunctionalInterface
public interface LakeListener {

  /// Hears and says nothing.
  LakeListener NONE = (_, _) -> {};

  /// A checkpoint of the table's log was made; until its end the commit before it was under way.
  void checkpointed(TableName table, Duration took);
}
