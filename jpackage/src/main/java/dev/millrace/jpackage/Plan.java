package dev.millrace.jpackage;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// What is built, of what, and where to.
///
/// @param jars the program's class path, in its order
/// @param licence Millrace's own
/// @param thirdParty the list of other people's parts and their licences
/// @param sparkClient folder of Spark's client and its jars; need not exist
/// @param out folder of everything that is built; emptied first
/// @param time that every file of the image bears, whole seconds: the AOT cache holds good only for
///   jars of the very time it was made with
/// @param compression zstd's level in the package, 1 (quick) to 22
record Plan(
    Version version,
    Target target,
    List<Path> jars,
    Path licence,
    Path thirdParty,
    Path sparkClient,
    Path out,
    Instant time,
    int compression) {

  /// The package of a release: what comes after costs minutes for some 5 % of the size.
  static final int SMALL = 9;

  Plan {
    jars = List.copyOf(jars);
    out = out.toAbsolutePath().normalize();
  }

  /// The jars and libraries of the program, before they are in the image.
  Path lib() {
    return out.resolve("lib");
  }

  Path runtime() {
    return out.resolve("runtime");
  }

  /// Where jpackage puts the image.
  Path images() {
    return out.resolve("image");
  }

  /// The folder that is installed.
  Path image() {
    return images().resolve(target.os() == Target.Os.MACOS ? "Millrace.app" : imageName());
  }

  /// Jars, libraries and the AOT cache in the image.
  Path app() {
    return switch (target.os()) {
      case LINUX -> image().resolve("lib").resolve("app");
      case MACOS -> image().resolve("Contents").resolve("app");
      case WINDOWS -> image().resolve("app");
    };
  }

  /// Starts the program from the image.
  Path launcher() {
    return switch (target.os()) {
      case LINUX -> image().resolve("bin").resolve("millrace");
      case MACOS -> image().resolve("Contents").resolve("MacOS").resolve("Millrace");
      case WINDOWS -> image().resolve("millrace.exe");
    };
  }

  /// Where the image's runtime lies.
  Path imageRuntime() {
    return switch (target.os()) {
      case LINUX -> image().resolve("lib").resolve("runtime");
      case MACOS ->
          image().resolve("Contents").resolve("runtime").resolve("Contents").resolve("Home");
      case WINDOWS -> image().resolve("runtime");
    };
  }

  String imageName() {
    return target.os() == Target.Os.MACOS ? "Millrace" : "millrace";
  }

  Path aotCache() {
    return app().resolve("millrace.aot");
  }
}
