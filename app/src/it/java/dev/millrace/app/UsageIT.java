package dev.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a person does wrong, or a machine lacks, is one clear error with a remedy.
class UsageIT {

  @TempDir Path folder;

  @Test
  void wrongUsageEndsWith2() {
    for (List<String> args :
        List.of(
            List.of("no-such-command"),
            List.of("demo", "--no-such-option"),
            List.of("run", "daily"),
            List.of("run", "daily", "no-such-pipeline"),
            List.of("replay", folder.resolve("missing.csv").toString()),
            List.of("simulate", "building-sensors", "--rate", "many"),
            List.of("table", "show", "nothing"))) {
      Program.Ended ended = Program.run(folder.resolve("home"), args.toArray(String[]::new));
      assertThat(ended.code()).as("%s: %s", args, ended.err()).isEqualTo(2);
      assertOneClearError(ended);
    }
  }

  @Test
  void aBrokenDefinitionNamesEveryFault() throws IOException {
    Path pipeline = Files.createDirectories(folder.resolve("broken"));
    Files.writeString(
        pipeline.resolve("pipeline.yaml"),
        """
        name: broken
        version: 1.0.0
        feeds:
          things:
            kafka: { topic: things, partitions: 0, key: nothing }
            schema:
              id: strin not null
              at: timestamp not null
            roles: { time: at }
            watermark: soon
        """);
    Program.Ended ended =
        Program.run(folder.resolve("home"), "pipeline", "check", pipeline.toString());
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err())
        .contains("pipeline.yaml:5:")
        .contains("pipeline.yaml:7:")
        .contains("pipeline.yaml:10:");
    assertOneClearError(ended);
  }

  @Test
  void noDisplayIsSaidBeforeAnythingStarts() {
    Program.Ended ended = Program.run(folder.resolve("home"), "demo");
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).contains("DISPLAY").contains("--headless");
    assertOneClearError(ended);
  }

  @Test
  void aHomeThatIsAFileIsRefused() throws IOException {
    Path home = Files.writeString(folder.resolve("file"), "not a folder");
    Program.Ended ended = Program.run(home, "demo", "--headless", "--events", "10");
    assertThat(ended.code()).as("wrong usage").isEqualTo(2);
    assertThat(ended.err()).contains("is a file and no folder");
    assertOneClearError(ended);
  }

  @Test
  void aTakenPortIsNamed() throws IOException {
    Path home = Files.createDirectories(folder.resolve("home"));
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Files.writeString(
          home.resolve("services.yaml"), "kafka_port: " + taken.getLocalPort() + "\n");
      Program.Ended ended = Program.run(home, "demo", "--headless", "--events", "10");
      assertThat(ended.code()).isEqualTo(1);
      assertThat(ended.err()).contains(Integer.toString(taken.getLocalPort()));
      assertOneClearError(ended);
    }
  }

  private static void assertOneClearError(Program.Ended ended) {
    assertThat(ended.err()).as("no stack trace").doesNotContain("\tat ");
    assertThat(ended.out()).isEmpty();
  }
}
