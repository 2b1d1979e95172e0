package dev.millrace.jpackage;

import dev.millrace.jpackage.Target.Cpu;
import dev.millrace.jpackage.Target.Os;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which entries of which jars are native libraries, and what becomes of them.
///
/// Each library is laid beside the jars, where its owner finds it, and taken out of its jar: what
/// is in a jar is unpacked into the temporary folder at every start, 69 MiB of it for DuckDB.
final class Natives {

  /// One owner of native libraries.
  ///
  /// @param jar start of the jar's name
  /// @param entries every native library in it, for whatever system
  /// @param own the ones for the target among them
  /// @param laid name of the file beside the jars; empty keeps the entry's own
  private record Owner(String jar, Pattern entries, Pattern own, Optional<String> laid) {

    Owner(String jar, String entries, String own, Optional<String> laid) {
      this(jar, Pattern.compile(entries), Pattern.compile(own), laid);
    }
  }

  private static final String LIBRARY = "\\.(?:so|dll|dylib|jnilib)";

  private final Target target;
  private final List<Owner> owners;

  Natives(Target target) {
    this.target = target;
    boolean arm = target.cpu() == Cpu.ARM64;
    String os = target.os().name().toLowerCase(Locale.ROOT);
    String darwin = target.os() == Os.MACOS ? "darwin" : os;
    String intelOnMac = target.os() == Os.MACOS ? "x86_64" : "amd64";
    owners =
        List.of(
            new Owner(
                "duckdb_jdbc-",
                "libduckdb_java\\.so_.*",
                "libduckdb_java\\.so_" + os + "_" + (arm ? "arm64" : "amd64"),
                Optional.of(target.libraryName("duckdb_java"))),
            new Owner(
                "zstd-jni-",
                ".+/libzstd-jni-[^/]*" + LIBRARY,
                (target.os() == Os.WINDOWS ? "win" : darwin)
                    + "/"
                    + (arm ? "aarch64" : intelOnMac)
                    + "/libzstd-jni-[^/]*"
                    + LIBRARY,
                Optional.of(target.libraryName("zstd-jni"))),
            new Owner(
                "lz4-java-",
                "net/jpountz/util/.+/liblz4-java" + LIBRARY,
                "net/jpountz/util/"
                    + darwin
                    + "/"
                    + (arm ? "aarch64" : intelOnMac)
                    + "/liblz4-java"
                    + LIBRARY,
                Optional.of(target.libraryName("lz4-java"))),
            new Owner(
                "snappy-java-",
                "org/xerial/snappy/native/.+/(?:lib)?snappyjava" + LIBRARY,
                "org/xerial/snappy/native/"
                    + switch (target.os()) {
                      case LINUX -> "Linux";
                      case MACOS -> "Mac";
                      case WINDOWS -> "Windows";
                    }
                    + "/"
                    + (arm ? "aarch64" : "x86_64")
                    + "/(?:lib)?snappyjava"
                    + LIBRARY,
                Optional.empty()),
            // Of JavaFX only this system's jars are on the class path.
            new Owner("javafx-graphics-", "[^/]+" + LIBRARY, "[^/]+" + LIBRARY, Optional.empty()));
  }

  /// What becomes of an entry of a jar.
  sealed interface Fate {

    /// It stays in the jar.
    record Stays() implements Fate {}

    /// It belongs to another system, and goes.
    record Goes() implements Fate {}

    /// It is laid beside the jars.
    record Laid(String name) implements Fate {}
  }

  Fate fate(String jar, String entry) {
    for (Owner owner : owners) {
      if (jar.startsWith(owner.jar()) && owner.entries().matcher(entry).matches()) {
        Matcher own = owner.own().matcher(entry);
        return own.matches()
            ? new Fate.Laid(
                owner.laid().orElseGet(() -> entry.substring(entry.lastIndexOf('/') + 1)))
            : new Fate.Goes();
      }
    }
    return new Fate.Stays();
  }

  /// Whether the jar has natives at all.
  boolean owns(String jar) {
    return owners.stream().anyMatch(owner -> jar.startsWith(owner.jar()));
  }

  /// Options that show the owners where their libraries lie.
  ///
  /// @param folder of the libraries, as the launcher writes it
  List<String> options(String folder) {
    return List.of(
        "-Djava.library.path=" + folder,
        "-DZstdNativePath=" + folder + "/" + target.libraryName("zstd-jni"),
        "-Dorg.xerial.snappy.lib.path=" + folder);
  }
}
