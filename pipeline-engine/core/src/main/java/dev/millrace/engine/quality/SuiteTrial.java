package dev.millrace.engine.quality;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is tried of an expectation that is well-formed, before its suite is put in force.
public interface SuiteTrial {

  /// Tries nothing.
  SuiteTrial NONE = _ -> Optional.empty();

  /// Why arguments cannot be judged; empty when nothing speaks against them.
  ///
  /// @param kwargs of one expectation, suite parameters put in
  Optional<String> fault(Map<String, @Nullable Object> kwargs);
}
