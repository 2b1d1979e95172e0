package dev.millrace.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.error.ProblemsException;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.PipelineFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FleetReaderTest {

  private static final String WHOLE =
      """
      feed: sensor-events
      rate: 12.5
      anomalies: 0.1
      malformed: 0.01
      late: 0.02
      late-by: [11m, 12m]
      duplicates: 0.03
      fleet:
        names: "{place}/{kind}-{number}"
        places: [hall, "room-{1..2}"]
      signals:
        temperature:
          sensors: 3
          unit: K
          base: 290
          spread: 1
          daily: -2
          peak: "04:30"
          zone: 0.5
          drift: 0.25
          noise: 0.125
          spike: [5, 6]
          decimals: 4
      faults:
        spike: { part: 3 }
        offline: { part: 1, readings: [2, 4] }
      zone-events:
        heat:
          kind: temperature
          zones: [hall, "room-{1..1}"]
          shift: [-3, 9.5]
          rise: 30s
          for: [1m, 2m]
          per-day: 0.5
      schedule:
        - { at: 10m, for: 5m, sensor: hall/temperature-1, fault: stuck }
        - { at: 2026-01-31T08:00:00Z, for: 1h, zone: room-2, kind: temperature, fault: offline }
        - { at: 0s, zone: hall, event: heat, for: 3m }
        - { at: 1s, zone: room-1, event: heat }
      """;

  @TempDir Path home;

  @Test
  void everyKeyIsRead() {
    FleetSettings settings = read(WHOLE);

    assertThat(settings)
        .isEqualTo(
            new FleetSettings(
                "sensor-events",
                12.5,
                new Shares(0.1, 0.01, 0.02, 0.03),
                Duration.ofMinutes(11),
                Duration.ofMinutes(12),
                "{place}/{kind}-{number}",
                List.of("hall", "room-1", "room-2"),
                List.of(
                    new Signal(
                        "temperature",
                        3,
                        Optional.of("K"),
                        290,
                        1,
                        -2,
                        LocalTime.of(4, 30),
                        0.5,
                        0.25,
                        0.125,
                        5,
                        6,
                        4)),
                List.of(new FaultMix(Fault.SPIKE, 3, 1, 1), new FaultMix(Fault.OFFLINE, 1, 2, 4)),
                List.of(
                    new ZoneEvent(
                        "heat",
                        "temperature",
                        List.of("hall", "room-1"),
                        -3,
                        9.5,
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(2),
                        0.5)),
                List.of(
                    new Scheduled.Break(
                        new Scheduled.At.After(Duration.ofMinutes(10)),
                        Duration.ofMinutes(5),
                        List.of("hall/temperature-1"),
                        Fault.STUCK),
                    new Scheduled.Break(
                        new Scheduled.At.Moment(Instant.parse("2026-01-31T08:00:00Z")),
                        Duration.ofHours(1),
                        List.of("room-2/temperature-3"),
                        Fault.OFFLINE),
                    new Scheduled.Disturb(
                        new Scheduled.At.After(Duration.ZERO),
                        Optional.of(Duration.ofMinutes(3)),
                        "heat",
                        "hall"),
                    new Scheduled.Disturb(
                        new Scheduled.At.After(Duration.ofSeconds(1)),
                        Optional.empty(),
                        "heat",
                        "room-1")),
                Map.of()));
  }

  @Test
  void lateEventsAreBeyondTheWatermarkByDefault() {
    FleetSettings settings = read("signals: { temperature: { sensors: 1, base: 1 } }");

    assertThat(settings.lateByLow()).isGreaterThan(Duration.ofMinutes(10));
    assertThat(settings.lateByHigh()).isGreaterThan(settings.lateByLow());
    assertThat(settings.rate()).isEqualTo(100);
    assertThat(settings.shares().anomalies()).isZero();
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          rate: 12.5 | rate: 0 | is 0 | events per second
          rate: 12.5 | rte: 12.5 | no known key | write rate?
          feed: sensor-events | feed: sensors | cannot be 'sensors' | sensor-events
          anomalies: 0.1 | anomalies: 2 % | is '2 %' | a share from 0 to 1
          malformed: 0.01 | malformed: 1.2 | is 1.2 | a share from 0 to 1
          malformed: 0.01 | malformed: 0.99 | over 1 together | lower one
          late-by: [11m, 12m] | late-by: [9m, 12m] | within the watermark of 10m | longer
          late-by: [11m, 12m] | late-by: [12m, 11m] | longer end first | [shorter, longer]
          late-by: [11m, 12m] | late-by: [12m] | has 1 values | [15m, 60m]
          names: "{place}/{kind}-{number}" | names: "{sort}" | unknown blank {sort} | {kind}
          names: "{place}/{kind}-{number}" | names: "{kind}" | several sensors one name | {kind}-{number}
          places: [hall, "room-{1..2}"] | places: room-{5..2} | makes no place | floor-{1..4}
          places: [hall, "room-{1..2}"] | places: r{1..999}-{1..999} | over 10,000 places | fewer
          sensors: 3 | sensors: 0 | is 0 | whole number from 1
          base: 290 | bass: 290 | signals.temperature.base` is missing | base: 21.5
          peak: "04:30" | peak: "25:00" | no time of day | 15:00
          noise: 0.125 | noise: -1 | is -1 | from 0 on
          spike: [5, 6] | spike: [6, 5] | higher end first | [5, 20]
          decimals: 4 | decimals: 10 | is 10 | from 0 to 9
          spike: { part: 3 } | spyke: { part: 3 } | is no fault | write spike?
          spike: { part: 3 } | spike: { part: 0 } | is 0 | above 0
          spike: { part: 3 } | spike: { part: 3, readings: [1, 2] } | one reading | leave them out
          readings: [2, 4] | readings: [0.5, 4] | no counts of readings | whole numbers
          kind: temperature | kind: heat | cannot be 'heat' | temperature
          zones: [hall, "room-{1..1}"] | zones: [hall, "room-{1..4}"] | no temperature sensor | room-
          shift: [-3, 9.5] | shift: [9.5, -3] | higher end first | [4, 9]
          rise: 30s | rise: 2h | longer than the event | at most `for`
          rise: 30s | rises: 30s | no known key | write rise?
          for: [1m, 2m] | for: [2m, 1m] | longer end first | [shorter, longer]
          for: [1m, 2m] | for: soon | no duration | 10m
          per-day: 0.5 | per-day: -1 | is -1 | from 0
          at: 10m, | at: noon, | neither a duration nor an instant | 2026-01-31
          at: 10m, | after: 10m, | schedule[1].at` is missing | at: 10m
          sensor: hall/temperature-1 | sensor: hall/temperature-2 | cannot be | hall/temperature-1
          sensor: hall/temperature-1, | | either a sensor or a zone | sensor: NAME
          fault: stuck | fault: stucc | cannot be 'stucc' | stuck
          , fault: stuck | | either a fault or a zone event | event: NAME
          zone: room-2 | zone: room-3 | cannot be 'room-3' | room-
          zone: hall, event: heat | zone: room-2, event: heat | cannot be 'room-2' | room-1
          event: heat, for: 3m | event: cold, for: 3m | cannot be 'cold' | heat
          zone: hall, event: heat | sensor: x, zone: hall, event: heat | has its own kind | leave it out
          faults: | columns: { value: { between: [1, 2] } }\\nfaults: | has a role | leave it out
          faults: | columns: { colour: { one-of: [a] } }\\nfaults: | is no column | its schema
          """)
  void aFaultIsToldWithItsLineAndRemedy(
      String sound, @Nullable String faulty, String what, String remedy) {
    String yaml =
        WHOLE.replaceFirst(
            Pattern.quote(sound),
            Matcher.quoteReplacement((faulty == null ? "" : faulty).replace("\\n", "\n")));
    int line = (int) WHOLE.substring(0, WHOLE.indexOf(sound) + 1).lines().count();

    ProblemsException refused = catchThrowableOfType(ProblemsException.class, () -> read(yaml));

    assertThat(refused).isNotNull();
    assertThat(refused.problems())
        .anySatisfy(
            p -> {
              assertThat(p.file()).endsWith("simulator.yaml");
              assertThat(p.line()).isBetween(line - 2, line + 1);
              assertThat(p.what()).contains(what);
              assertThat(p.remedy()).contains(remedy);
            });
  }

  @Test
  void aColumnThatMayNotBeNullMustBeFilled() {
    PipelineFolder folder = Fixtures.till(home, "signals: { till: { sensors: 1, base: 5 } }");
    Pipeline till = Fixtures.pipeline(folder);

    assertThatThrownBy(() -> FleetReader.read(till, folder))
        .isInstanceOf(ProblemsException.class)
        .hasMessageContaining("leaves out id")
        .hasMessageContaining("leaves out paid");
  }

  @Test
  void aFeedWithoutPlacesAndUnitsTakesNone() {
    PipelineFolder folder =
        Fixtures.till(
            home,
            """
            fleet: { places: hall }
            signals: { till: { sensors: 1, base: 5, unit: ct, decimals: 2 } }
            columns:
              id: { uuid: true }
              paid: { true-share: 2 }
              article: { one-of: [] }
              discount: { between: [1] }
            """);
    Pipeline till = Fixtures.pipeline(folder);

    ProblemsException refused =
        catchThrowableOfType(ProblemsException.class, () -> FleetReader.read(till, folder));

    assertThat(refused.problems())
        .extracting(p -> p.line() + " " + p.what())
        .containsExactly(
            "1 `fleet.places` stand for a feed without the role place",
            "2 `signals.till.unit` stands for a feed without the role unit",
            "2 `signals.till.decimals` is 2",
            "5 `columns.paid.true-share` is 2",
            "6 `columns.article.one-of` names no text",
            "7 `columns.discount.between` has 1 values");
  }

  @Test
  void aPipelineWithoutSimulatorIsSaid() throws IOException {
    PipelineFolder folder = Fixtures.buildingSensors(home);
    Pipeline pipeline = Fixtures.pipeline(folder);
    Files.delete(home.resolve("building-sensors/simulator.yaml"));

    assertThatThrownBy(() -> FleetReader.read(pipeline, folder))
        .isInstanceOfSatisfying(
            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FILE));
  }

  private FleetSettings read(String yaml) {
    PipelineFolder folder = Fixtures.buildingSensors(home);
    Fixtures.write(home.resolve("building-sensors"), "simulator.yaml", yaml);
    return FleetReader.read(Fixtures.pipeline(folder), folder);
  }
}
