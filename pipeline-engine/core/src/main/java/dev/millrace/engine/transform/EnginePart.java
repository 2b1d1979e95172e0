package dev.millrace.engine.transform;

import dev.millrace.engine.lake.FileFooters;
import java.nio.file.Path;

/// A SQL engine that is no part of the ordinary start: it is found with a ServiceLoader, in a class
/// loader of its own, once a pipeline or a home asks for it.
public interface EnginePart {

  /// The engine; it connects when its first session is opened.
  ///
  /// @param root folder that `setting.home` names for the cluster
  /// @param scratch folder for files being written; the cluster reaches it too
  SqlEngine open(SparkSetting setting, Path root, Path scratch, FileFooters footers);
}
