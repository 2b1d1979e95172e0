package dev.millrace.app.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.Home;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleTest {

  @TempDir Path folder;

  /// Secrets, each told by one place alone.
  private static final class Canaries {

    final List<String> all = new ArrayList<>();

    /// Those that the program knows by their places, and so masks wherever they stand.
    final List<String> known = new ArrayList<>();

    String inPlace() {
      all.add("c4nary-number-" + all.size() + "-");
      return all.getLast();
    }

    String known() {
      known.add(inPlace());
      return known.getLast();
    }
  }

  @Test
  void packsWhatHelpsAndNoSecretAndNoData() throws IOException {
    Home home = new Home(folder.resolve("home"));
    Canaries canaries = new Canaries();
    write(home.root().resolve("settings.yaml"), "lake: x\npw: " + canaries.known() + "\n");
    write(home.root().resolve("services.yaml"), "db_pw: '" + canaries.known() + "'\n");
    write(home.root().resolve("console.properties"), "proxy.pass=" + canaries.inPlace());
    write(home.root().resolve("crashes/2026-01-01.txt"), "token: " + canaries.inPlace());
    write(
        home.pipelines().resolve("own/pipeline.yaml"),
        "name: own\nsigning_key: " + canaries.known() + "\n");
    write(
        home.pipelines().resolve("own/simulator.yml"),
        "url: https://u:" + canaries.inPlace() + "@host/\n");
    write(
        home.pipelines().resolve("own/quality/s.json"),
        "{\"meta\":{\"apiKey\":\"" + canaries.known() + "\",\"owner\":\"me\"}}");
    write(
        home.pipelines().resolve("own/silver/s.sql"),
        "-- jdbc:postgresql://h/d?user=u&password=" + canaries.inPlace() + "&ssl=true\n");
    write(home.pipelines().resolve("own/README.md"), "The password: " + canaries.inPlace());
    write(home.root().resolve("lake/own/bronze/part.parquet"), "data");
    write(home.services().resolve("s3/credentials"), canaries.known() + "\n" + canaries.known());
    write(home.services().resolve("postgres/password"), canaries.known() + "\n");
    write(
        folder.resolve("user/.aws/credentials"),
        "[default]\naws_secret_access_key = " + canaries.known() + "\n");
    Map<String, String> environment =
        Map.of("REDSHIFT_PASSWORD", canaries.known(), "OWN_NAME", canaries.known());
    write(home.pipelines().resolve("own/more.yaml"), "connect: \"sc://h/;x=${OWN_NAME}\"\n");
    write(
        home.logs().resolve("millrace.log"),
        "ERROR of " + String.join("\nERROR of ", canaries.known) + "\n");
    Path file = folder.resolve("bundle.zip");

    List<String> names =
        new Bundle(home, environment, folder.resolve("user"))
            .write(file, "JDK ok\nlake https://u:" + canaries.inPlace() + "@host\n");

    assertThat(names)
        .contains(
            "facts.txt",
            "doctor.txt",
            "threads.txt",
            "metrics.txt",
            "home/settings.yaml",
            "home/services.yaml",
            "home/console.properties",
            "logs/millrace.log",
            "crashes/2026-01-01.txt",
            "pipelines/own/pipeline.yaml",
            "pipelines/own/simulator.yml",
            "pipelines/own/quality/s.json",
            "pipelines/own/silver/s.sql",
            "pipelines/own/README.md")
        .noneMatch(name -> name.contains("parquet") || name.contains("credentials"));
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (String name : names) {
        assertThat(text(zip, name)).as(name).doesNotContain(canaries.all);
      }
      assertThat(text(zip, "logs/millrace.log").lines())
          .hasSize(canaries.known.size())
          .allMatch("ERROR of ***"::equals);
      assertThat(text(zip, "pipelines/own/pipeline.yaml")).contains("name: own");
      assertThat(text(zip, "pipelines/own/quality/s.json")).contains("\"owner\":\"me\"");
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
