package dev.millrace.app.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.Home;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleTest {

  @TempDir Path folder;

  @Test
  void packsWhatHelpsAndNoSecretAndNoData() throws IOException {
    Home home = new Home(folder.resolve("home"));
    write(home.root().resolve("settings.yaml"), "lake: s3://lake\npassword: s3cr3t-value\n");
    write(home.logs().resolve("millrace.log"), "ERROR token=s3cr3t-value\n");
    write(home.root().resolve("crashes/2026.txt"), "Millrace crash report\n");
    write(home.pipelines().resolve("own/pipeline.yaml"), "name: own\napi_key: s3cr3t-value\n");
    write(home.root().resolve("lake/own/bronze/part.parquet"), "s3cr3t-value");
    write(home.services().resolve("s3/credentials"), "s3cr3t-value");
    Path file = folder.resolve("bundle.zip");

    List<String> names = new Bundle(home).write(file, "JDK ok\n");

    assertThat(names)
        .contains(
            "facts.txt",
            "doctor.txt",
            "threads.txt",
            "metrics.txt",
            "home/settings.yaml",
            "logs/millrace.log",
            "crashes/2026.txt",
            "pipelines/own/pipeline.yaml")
        .noneMatch(name -> name.contains("parquet") || name.contains("credentials"));
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (String name : names) {
        assertThat(text(zip, name)).as(name).doesNotContain("s3cr3t-value");
      }
      assertThat(text(zip, "pipelines/own/pipeline.yaml")).contains("name: own");
      assertThat(text(zip, "facts.txt")).contains("java: ");
    }
  }

  @Test
  void aFileThatStandsIsNotWrittenOver() throws IOException {
    Path file = folder.resolve("bundle.zip");
    write(file, "mine");
    assertThatThrownBy(() -> new Bundle(new Home(folder.resolve("home"))).write(file, ""))
        .isInstanceOf(MillraceException.class);
    assertThat(file).hasContent("mine");
  }

  private static String text(ZipFile zip, String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    return new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
  }

  private static void write(Path file, String text) throws IOException {
    Path parent = file.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Files.writeString(file, text);
  }
}
