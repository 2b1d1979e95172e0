package dev.millrace.engine.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.error.Problem;
import dev.millrace.engine.error.ProblemsException;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.settings.LakeSettings.Encryption;
import dev.millrace.engine.settings.LakeSettings.Folder;
import dev.millrace.engine.settings.LakeSettings.S3;
import dev.millrace.engine.settings.LakeSettings.Server;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HomeSettingsTest {

  @TempDir private Path root;

  @Test
  void withoutAFileTheLakeLiesInTheHome() {
    assertThat(HomeSettings.of(home()).lake()).isEqualTo(new Folder(root.resolve("lake")));
  }

  @Test
  void aFolderMayLieAnywhere() throws Exception {
    assertThat(lake("lake: { location: /data/lake }")).isEqualTo(new Folder(Path.of("/data/lake")));
    assertThat(lake("lake: { location: tables }")).isEqualTo(new Folder(root.resolve("tables")));
  }

  @Test
  void aBucketGoesByItsDefaults() throws Exception {
    assertThat(lake("lake: { location: s3://my-bucket/a/b/ }"))
        .isEqualTo(S3.of("my-bucket", "a/b", new Server.Aws()));
    assertThat(lake("lake: { location: s3://my-bucket }").place()).isEqualTo("s3://my-bucket");
    assertThat(lake("lake: { location: s3://my-bucket/p, endpoint: embedded }"))
        .isEqualTo(S3.of("my-bucket", "p", new Server.Embedded()));
  }

  @Test
  void everyKeyIsTaken() throws Exception {
    assertThat(
            lake(
                """
                lake:
                  location: s3://my-bucket/p
                  region: eu-central-1
                  endpoint: https://s3.example.com:9000
                  path_style: false
                  encryption: sse-kms
                  kms_key: arn:aws:kms:eu-central-1:1:key/x
                  storage_class: STANDARD_IA
                  part_size: 64 MiB
                  cache: 2 GiB
                  attempts: 4
                  timeout: 5s
                """))
        .isEqualTo(
            new S3(
                "my-bucket",
                "p",
                Optional.of("eu-central-1"),
                new Server.At(URI.create("https://s3.example.com:9000")),
                false,
                new Encryption.Kms(Optional.of("arn:aws:kms:eu-central-1:1:key/x")),
                Optional.of("STANDARD_IA"),
                64L << 20,
                2L << 30,
                4,
                Duration.ofSeconds(5)));
  }

  @Test
  void faultsAreToldTogetherWithTheirLines() throws Exception {
    write(
        """
        lake:
          location: s3://B/p
          regoin: x
          endpoint: ftp://x
          encryption: none
          part_size: 1 MiB
          cache: lots
          attempts: 0
        tables: 3
        """);

    assertThatThrownBy(() -> HomeSettings.of(home()))
        .isInstanceOfSatisfying(
            ProblemsException.class,
            e ->
                assertThat(e.problems())
                    .extracting(Problem::line)
                    .containsExactly(2, 3, 4, 5, 6, 7, 8, 9))
        .hasMessageContaining("settings.yaml")
        .hasMessageContaining("write region?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ location: gs://x/y } | write a folder or s3://bucket/prefix",
        "{ location: tables, region: eu-west-1 } | is no known key",
        "{ region: eu-west-1 } | is missing",
        "{ location: s3://my-bucket/a/../b } | `..` part",
        "{ location: s3://my-bucket, endpoint: 'https://key:secret@x' } | holds credentials",
        "{ location: s3://my-bucket, kms_key: k } | needs `encryption: sse-kms`",
        "{ location: s3://my-bucket, storage_class: COLD } | cannot be 'COLD'",
        "{ location: s3://my-bucket, access_key: k } | is no known key",
        "{ location: s3://my-bucket, timeout: 1ms } | write a duration",
        "{ location: s3://my-bucket, path_style: maybe } | true or false",
        "{ location: s3://my-bucket, region: X } | a region such as",
      })
  void eachFaultSaysWhatToWrite(String lake, String expected) throws Exception {
    write("lake: " + lake + "\n");

    assertThatThrownBy(() -> HomeSettings.of(home()))
        .isInstanceOf(ProblemsException.class)
        .hasMessageContaining(expected);
  }

  @Test
  void everyKeyIsDocumented() throws Exception {
    Path docs = Path.of("../../docs/settings.md");
    String reader =
        Files.readString(
            Path.of("src/main/java/dev/millrace/engine/settings/ReadLakeSettings.java"));
    List<String> keys =
        Pattern.compile("(?:optional|required)\\(\"([a-z_]+)\"")
            .matcher(reader)
            .results()
            .map(match -> match.group(1))
            .toList();

    assertThat(keys).contains("region", "endpoint", "cache");
    assertThat(Files.readString(docs)).contains("`lake.location`");
    for (String key : keys) {
      assertThat(Files.readString(docs)).contains("`lake." + key + "`");
    }
  }

  private LakeSettings lake(String text) throws IOException {
    write(text);
    return HomeSettings.of(home()).lake();
  }

  private void write(String text) throws IOException {
    Files.writeString(root.resolve("settings.yaml"), text);
  }

  private Home home() {
    return new Home(root);
  }
}
