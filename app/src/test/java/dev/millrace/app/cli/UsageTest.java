package dev.millrace.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/// What a command line says that cannot be: told with its remedy before anything is started.
class UsageTest {

  @TempDir Path folder;

  private record Ended(int code, String out, String err) {}

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          demo --headless --events -5 | --events -5 is too few
          demo --headless --events 0 | a number from 1 on
          simulate building-sensors --events 0 | --events 0 is too few
          run dayly building-sensors | did you mean daily?
          run daily bilding-sensors | did you mean building-sensors?
          stream run building-sensors --feed sensr-events | did you mean sensor-events?
          stream run building-sensors --feed nope | it has sensor-events
          deadletters show building-sensors --limit -1 | --limit -1 is too few
          deadletters ls building-sensors --each --limit 0 | --limit 0 is too few
          pipeline suggest building-sensors --rows 0 | --rows 0 is too few
          runs ls building-sensors --limit 0 | --limit 0 is too few
          table optimize nope.x | there is no layer 'nope'
          table optimize silvr.readings | did you mean silver.readings?
          table optimize readings | write layer.name
          table optimize silver.readings --from soon | 'soon' is no date
          table optimize silver.readings --from 2026-03-02 --to 2026-03-01 | --from 2026-03-02 is after
          table restore silver.readings --version 2 --at 2026-03-01 | say only one of them
          table restore silver.readings | It is not said which version
          table erase --entity x --where c=v | say only one of them
          table erase --where c=v --where d=w | say only one
          table erase --where c | millrace: Value for option '--where'
          table erase --entity x --prove --yes | leave --yes out to look
          score building-sensors --from yesterday | 'yesterday' is no time
          simulate building-sensors --start later | write 2026-03-01, or 2026-03-01T12:00:00Z
          services --metrics-port 99999 | --metrics-port 99999 is no port
          simulate building-sensors --metrics-port -1 | say one from 1 to 65535
          --metrics-port 0 table ls | 'table ls' serves no metrics
          doctor --metrics-port 0 | Unknown options: '--metrics-port'
          metrics --metrics-port 0 | Unknown options: '--metrics-port'
          deadletters ls building-sensors --reason NOSUCH | see 'millrace deadletters ls --help'
          deadletters discard building-sensors --all | --why
          table optimize bronze.sensor_events --zorder a,b,c,d,e | name at most 4
          table sql describe | millrace table show
          quality validate --data a.csv --suite s.json --where x==1 | A file is looked at whole
          quality profile --data a.csv --version 3 | A file is looked at whole
          runs building-sensors x | see 'millrace runs --help'
          simulat building-sensors | Did you mean: millrace simulate
          """)
  void whatCannotBeEndsWith2AndItsRemedy(String line, String words) {
    Ended ended = run(line.split(" ", -1));

    assertThat(ended.err()).contains(words);
    assertThat(ended.code()).as(ended.err()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).doesNotContain("\tat ", "java.", "?.", "Exception");
    assertThat(ended.err().lines()).as("the error and its remedy alone").hasSizeLessThan(5);
    assertThat(folder.resolve("home")).as("nothing was started").doesNotExist();
  }

  @Test
  void aFileIsNoHome() throws IOException {
    Files.writeString(folder.resolve("home"), "");

    Ended ended = run("table", "ls");

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("is a file and no folder", folder.resolve("home").toString());
  }

  @Test
  void everyCommandHasItsHelp() {
    List<String> commands = new ArrayList<>();
    commands(Millrace.line(), "", commands);
    assertThat(commands).contains("table restore", "quality validate", "quality quarantine");

    for (String command : commands) {
      for (String option : List.of("-h", "--help")) {
        Ended ended = run((command + " " + option).strip().split(" ", -1));

        assertThat(ended.code()).as("%s %s: %s", command, option, ended.err()).isZero();
        assertThat(ended.out()).contains(("Usage: millrace " + command).strip());
        assertThat(ended.err()).isEmpty();
      }
    }
  }

  private static void commands(CommandLine line, String path, List<String> all) {
    all.add(path);
    line.getSubcommands()
        .forEach((name, command) -> commands(command, (path + " " + name).strip(), all));
  }

  @Test
  void aTakenPortForMetricsIsSaidBeforeAnythingStarts() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      for (List<String> command :
          List.of(
              List.of("services"),
              List.of("stream", "run", "building-sensors"),
              List.of("simulate", "building-sensors", "--events", "1"),
              List.of(
                  "simulate",
                  "building-sensors",
                  "--events",
                  "1",
                  "--out",
                  folder.resolve("events").toString()))) {
        List<String> line = new ArrayList<>(command);
        line.addAll(List.of("--metrics-port", port));

        Ended ended = run(line.toArray(String[]::new));

        assertThat(ended.code()).as("%s: %s", line, ended.err()).isEqualTo(1);
        assertThat(ended.err()).contains(port).contains("choose another port");
        assertThat(folder.resolve("home").resolve("services")).doesNotExist();
        assertThat(folder.resolve("events")).doesNotExist();
      }
    }
  }

  @Test
  void aMappingTellsAllItsFaultsBeforeAnythingStarts() throws IOException {
    Path rows =
        Files.writeString(folder.resolve("rows.csv"), "date,T\n2026-03-01T00:00:00Z,20.5\n");
    Path mapping =
        Files.writeString(
            folder.resolve("mapping.yaml"),
            """
            time: { column: day, format: iso }
            readings:
              - { column: T, sensor: room, kind: temprature, unit: "°C", place: a/b }
              - { column: H, sensor: room, kind: noise, unit: "dB", place: a/b }
            """);

    Ended ended = run("replay", rows.toString(), "--mapping", mapping.toString());

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err())
        .contains("no column 'day'", "no column 'H'")
        .contains("'temprature' is no kind", "write temperature?")
        .contains("'noise' is no kind", "humidity, pressure, temperature, vibration");
    assertThat(folder.resolve("home")).doesNotExist();
  }

  @Test
  void onlyWhatRunsForLongOffersAPortForMetrics() {
    for (String command : List.of("demo", "services", "simulate", "stream run", "run")) {
      assertThat(help(command)).as(command).contains("--metrics-port=N");
    }
    for (String command : List.of("metrics", "doctor", "table ls", "deadletters show", "steer")) {
      assertThat(help(command)).as(command).doesNotContain("--metrics-port=N");
    }
  }

  @Test
  void whatLooksAtTablesStandsBeforeWhatChangesThem() {
    String help = help("table");

    assertThat(help.indexOf("sql  ")).isPositive().isLessThan(help.indexOf("optimize  "));
    assertThat(help)
        .as("a whole sentence")
        .containsPattern("erase +Erase a sensor, device or person from every table[^.]*\\.");
  }

  private String help(String command) {
    List<String> line = new ArrayList<>(Arrays.asList(command.split(" ", -1)));
    line.add("--help");
    return run(line.toArray(String[]::new)).out();
  }

  private Ended run(String... args) {
    List<String> line = new ArrayList<>(Arrays.asList(args));
    line.addAll(List.of("--home", folder.resolve("home").toString()));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream outBefore = System.out;
    PrintStream errBefore = System.err;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try {
      int code =
          Millrace.line()
              .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
              .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
              .execute(line.toArray(String[]::new));
      return new Ended(
          code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(outBefore);
      System.setErr(errBefore);
    }
  }
}
