package dev.millrace.jpackage;

import java.util.Locale;

/// The kind of machine an installer is for; always the kind it is built on.
record Target(Os os, Cpu cpu) {

  enum Os {
    LINUX,
    MACOS,
    WINDOWS
  }

  enum Cpu {
    AMD64,
    ARM64
  }

  /// This machine's kind.
  ///
  /// @throws IllegalStateException on a kind Millrace has no database or SQL engine for
  static Target here() {
    return of(System.getProperty("os.name"), System.getProperty("os.arch"));
  }

  /// @param osName and
  /// @param osArch as the system properties of these names have them
  static Target of(String osName, String osArch) {
    String name = osName.toLowerCase(Locale.ROOT);
    Os os =
        name.startsWith("linux")
            ? Os.LINUX
            : name.startsWith("mac") ? Os.MACOS : name.startsWith("windows") ? Os.WINDOWS : null;
    Cpu cpu =
        switch (osArch.toLowerCase(Locale.ROOT)) {
          case "amd64", "x86_64" -> Cpu.AMD64;
          case "aarch64", "arm64" -> Cpu.ARM64;
          default -> null;
        };
    if (os == null || cpu == null) {
      throw new IllegalStateException(
          "Millrace has no native parts for " + osName + " on " + osArch);
    }
    return new Target(os, cpu);
  }

  /// A library's file name here, for example `libduckdb_java.so`.
  String libraryName(String library) {
    return switch (os) {
      case LINUX -> "lib" + library + ".so";
      case MACOS -> "lib" + library + ".dylib";
      case WINDOWS -> library + ".dll";
    };
  }

  /// As Debian names it.
  String debianCpu() {
    return cpu == Cpu.AMD64 ? "amd64" : "arm64";
  }
}
