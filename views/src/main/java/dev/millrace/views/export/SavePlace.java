package dev.millrace.views.export;

import java.nio.file.Path;
import java.util.Optional;

/// Where a person wants a file. FX thread only.
@FunctionalInterface
public interface SavePlace {

  /// Asks for it; empty when the person changed their mind.
  ///
  /// @param name suggested name, with its ending
  /// @param what what kind of file it is, in words
  Optional<Path> choose(String name, String what);
}
