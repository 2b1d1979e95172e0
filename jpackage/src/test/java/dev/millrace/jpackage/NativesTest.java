package dev.millrace.jpackage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.jpackage.Natives.Fate;
import org.junit.jupiter.api.Test;

class NativesTest {

  private static final String ZSTD = "zstd-jni-1.5.7-28.jar";

  @Test
  void onlyTheOwnLibraryIsLaidBesideTheJars() {
    Natives linux = new Natives(Target.of("Linux", "amd64"));
    assertThat(linux.fate("duckdb_jdbc-2.0.0.1.jar", "libduckdb_java.so_linux_amd64"))
        .isEqualTo(new Fate.Laid("libduckdb_java.so"));
    assertThat(linux.fate("duckdb_jdbc-2.0.0.1.jar", "libduckdb_java.so_macos_arm64"))
        .isEqualTo(new Fate.Goes());
    assertThat(linux.fate("duckdb_jdbc-2.0.0.1.jar", "org/duckdb/DuckDBDriver.class"))
        .isEqualTo(new Fate.Stays());
    assertThat(linux.fate(ZSTD, "linux/amd64/libzstd-jni-1.5.7-28.so"))
        .isEqualTo(new Fate.Laid("libzstd-jni.so"));
    assertThat(linux.fate(ZSTD, "linux/i386/libzstd-jni-1.5.7-28.so")).isEqualTo(new Fate.Goes());
    assertThat(linux.fate("millrace-app.jar", "libduckdb_java.so_linux_amd64"))
        .isEqualTo(new Fate.Stays());
  }

  @Test
  void everySystemKeepsItsOwn() {
    assertThat(
            new Natives(Target.of("Mac OS X", "aarch64"))
                .fate(ZSTD, "darwin/aarch64/libzstd-jni-1.5.7-28.dylib"))
        .isEqualTo(new Fate.Laid("libzstd-jni.dylib"));
    assertThat(
            new Natives(Target.of("Windows 11", "amd64"))
                .fate(ZSTD, "win/amd64/libzstd-jni-1.5.7-28.dll"))
        .isEqualTo(new Fate.Laid("zstd-jni.dll"));
    assertThat(
            new Natives(Target.of("Mac OS X", "x86_64"))
                .fate(
                    "snappy-java-1.1.10.8.jar",
                    "org/xerial/snappy/native/Mac/x86_64/libsnappyjava.dylib"))
        .isEqualTo(new Fate.Laid("libsnappyjava.dylib"));
    assertThat(
            new Natives(Target.of("Linux", "aarch64"))
                .fate("lz4-java-1.10.2.jar", "net/jpountz/util/linux/aarch64/liblz4-java.so"))
        .isEqualTo(new Fate.Laid("liblz4-java.so"));
  }
}
