package dev.millrace.simulator.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.error.Problem;
import dev.millrace.engine.error.ProblemsException;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.PipelineReader;
import dev.millrace.simulator.Fixtures;
import dev.millrace.simulator.ManualTicker;
import dev.millrace.simulator.Ticker;
import dev.millrace.simulator.sink.EventSink;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayTest {

  private static final String ROOM =
      """
      time: { column: date, format: "yyyy-MM-dd HH:mm:ss" }
      readings:
        - { column: T, sensor: room-t, kind: temperature, unit: "°C", place: a/b }
        - { column: H, sensor: "{file}-{room}", kind: humidity, unit: "%", place: "a/{room}" }
      """;

  private static final long SEED = Long.getLong("replay.seed", System.nanoTime());

  @TempDir Path home;
  private Pipeline pipeline;
  private final Fixtures.Kept sink = new Fixtures.Kept();

  @BeforeEach
  void read() {
    pipeline = Fixtures.pipeline(Fixtures.buildingSensors(home));
  }

  @Test
  void eachReadingOfARowIsAnEventWithItsNumberUnchanged() {
    ReplayResult result = replay("date,room,T,H\n2015-02-04 17:51:00,north,23.180,27.2720\n", ROOM);

    assertThat(sink.texts())
        .containsExactly(
            """
            {"sensor_id":"room-t","sensor_type":"temperature","location":"a/b","value":23.180,\
            "unit":"°C","event_time":"2015-02-04T17:51:00.000000Z"}\
            """,
            """
            {"sensor_id":"data-north","sensor_type":"humidity","location":"a/north",\
            "value":27.2720,"unit":"%","event_time":"2015-02-04T17:51:00.000000Z"}\
            """);
    assertThat(sink.keyTexts()).containsExactly("room-t", "data-north");
    assertThat(sink.flushes).isEqualTo(1);
    assertThat(result.rows()).isEqualTo(1);
    assertThat(result.events()).isEqualTo(2);
    assertThat(result.first()).contains(Instant.parse("2015-02-04T17:51:00Z"));
  }

  @Test
  void aRaggedHeaderIsShiftedWhenTheRowsHaveOneFieldMore() {
    String ragged = "header: ragged\n" + ROOM;
    replay("\"date\",\"room\",\"T\",\"H\"\n\"1\",\"2015-02-04 17:51:00\",\"n\",1,2\n", ragged);
    replay("date,room,T,H\n2015-02-04 17:52:00,n,3,4\n", ragged);

    assertThat(sink.texts())
        .extracting(t -> t.replaceAll(".*\"value\":(\\d).*", "$1"))
        .containsExactly("1", "2", "3", "4");
  }

  @Test
  void withoutAHeaderTheMappingNamesTheColumns() {
    replay(
        "2015-02-04 17:51:00;n;1,5;2\n",
        "header: no\ncolumns: [date, room, T, H]\ndelimiter: \";\"\ndecimal: \",\"\n" + ROOM);

    assertThat(sink.texts().getFirst()).contains("\"value\":1.5,");
  }

  @Test
  void quotedFieldsMayHoldDelimitersQuotesAndLines() {
    ReplayResult result =
        replay(
            "date,room,T,H\n"
                + "2015-02-04 17:51:00,\"the \"\"big\"\", old\none\",1,2\n"
                + "2015-02-04 17:52:00,n,x,2\n",
            ROOM);

    assertThat(sink.keyTexts()).containsExactly("room-t", "data-the \"big\", old\none");
    assertThat(sink.texts().get(1)).contains("data-the \\\"big\\\", old\\u000aone");
    assertThat(result.firstBad()).extracting(Problem::line).containsExactly(4);
  }

  @Test
  void badRowsAreToldWithTheirLineAndLeftOutWhole() {
    ReplayResult result =
        replay(
            """
            date,room,T,H
            2015-02-04 17:51:00,n,1,2

            2015-02-30 17:51:00,n,1,2
            2015-02-04 17:52:00,n,1
            2015-02-04 17:53:00,n,1,warm
            2015-02-04 17:54:00,n,NaN,2
            2015-02-04 17:55:00,n,NA,2
            2015-02-04 17:54:30,n,,?
            """,
            ROOM);

    assertThat(result.rows()).isEqualTo(7);
    assertThat(result.events()).isEqualTo(3).isEqualTo(sink.values.size());
    assertThat(result.nulls()).isEqualTo(3);
    assertThat(result.badRows()).isEqualTo(4);
    assertThat(result.stepsBack()).isEqualTo(1);
    assertThat(result.firstBad())
        .extracting(p -> p.line() + " " + p.what())
        .containsExactly(
            "4 '2015-02-30 17:51:00' is no time of the form yyyy-MM-dd HH:mm:ss",
            "5 the row has 3 fields and should have 4",
            "6 'warm' in column H is no number",
            "7 'NaN' in column T is no number");
  }

  @Test
  void aBadRowFailsWhenTheMappingSaysSo() {
    assertThatThrownBy(
            () ->
                replay(
                    "date,room,T,H\n2015-02-04 17:51:00,n,1,2\nsoon,n,1,2\n",
                    "bad-rows: fail\n" + ROOM))
        .isInstanceOfSatisfying(
            ProblemsException.class,
            e -> assertThat(e.problems()).extracting(Problem::line).containsExactly(3));
    assertThat(sink.values).hasSize(2);
    assertThat(sink.flushes).isEqualTo(1);
  }

  @Test
  void aByteOrderMarkCarriageReturnsAndGzipAreNoMatter() throws IOException {
    Path file = home.resolve("data.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(
          "\uFEFFdate,room,T,H\r\n2015-02-04 17:51:00,n,1,2\r\n".getBytes(StandardCharsets.UTF_8));
    }

    ReplayResult result = run(file, ROOM, ReplaySpeed.MAX, new ManualTicker());

    assertThat(result.events()).isEqualTo(2);
    assertThat(sink.keyTexts()).contains("data-n");
  }

  @Test
  void anotherCharsetIsReadWhenNamedAndSaidWhenNot() throws IOException {
    Path file = home.resolve("data.csv");
    Files.write(
        file,
        "date,room,T,H\n2015-02-04 17:51:00,Küche,1,2\n".getBytes(Charset.forName("windows-1252")));

    assertThatThrownBy(() -> run(file, ROOM, ReplaySpeed.MAX, new ManualTicker()))
        .isInstanceOfSatisfying(
            MillraceException.class, e -> assertThat(e.remedy()).contains("charset"));
    run(file, "charset: windows-1252\n" + ROOM, ReplaySpeed.MAX, new ManualTicker());
    assertThat(sink.keyTexts()).contains("data-Küche");
  }

  @Test
  void theColumnsAskedForMustBeThere() {
    assertThatThrownBy(() -> replay("day,rom,Temp,H\n1,2,3,4\n", ROOM))
        .isInstanceOfSatisfying(
            ProblemsException.class,
            e ->
                assertThat(e.problems())
                    .extracting(p -> p.line() + " " + p.what() + "; " + p.remedy())
                    .containsExactly(
                        "1 the file has no column 'date'; write one of: day, rom, Temp, H",
                        "3 the file has no column 'T'; write one of: day, rom, Temp, H",
                        "4 the file has no column 'room'; write rom?"));
  }

  @Test
  void scaleIsExactAndStaticColumnsAreFilled() {
    Path folder = home.resolve("till-receipts");
    Fixtures.write(folder, "pipeline.yaml", Fixtures.TILL);
    pipeline = PipelineReader.read(folder);

    replay(
        "at,euro\n1700000000,19.99\n1700000060.5,0.015\n",
        """
        time: { column: at, format: epoch-s }
        readings: [{ column: euro, sensor: x, scale: 100 }]
        static: { id: r1, paid: true, discount: 0.5 }
        """);

    assertThat(sink.texts())
        .containsExactly(
            """
            {"id":"r1","paid":true,"cents":1999,"discount":0.5,\
            "paid_at":"2023-11-14T22:13:20.000000Z"}\
            """);
    assertThat(sink.keyTexts()).containsExactly("r1");
  }

  @Test
  void aMappingThatDoesNotFitTheFeedIsRefused() {
    assertThatThrownBy(
            () ->
                replay(
                    "date,T\n2015-02-04 17:51:00,1\n",
                    """
                    time: { column: date, format: iso }
                    readings: [{ column: T, sensor: x }]
                    static: { colour: red, location: [] }
                    """))
        .hasMessageContaining("location");
    assertThatThrownBy(
            () ->
                replay(
                    "date,T\n2015-02-04 17:51:00,1\n",
                    """
                    time: { column: date, format: iso }
                    readings: [{ column: T, sensor: x }]
                    static: { colour: red }
                    """))
        .hasMessageContaining("nothing fills sensor_type")
        .hasMessageContaining("static.colour");
  }

  @Test
  void aSpeedKeepsTheGapsOfTheFile() {
    ManualTicker ticker = new ManualTicker();
    String csv =
        "date,room,T,H\n2015-02-04 17:00:00,n,1,2\n2015-02-04 17:10:00,n,1,2\n"
            + "2015-02-04 17:05:00,n,1,2\n2015-02-04 18:00:00,n,1,2\n";

    run(Fixtures.write(home, "data.csv", csv), ROOM, ReplaySpeed.parse("60x"), ticker);

    assertThat(ticker.passed().toMillis() / 1e3).isCloseTo(60, within(0.01));
    assertThat(sink.values).hasSize(8);
  }

  /// Every event is sent when its time has come, counted from the first row's: not earlier, and at
  /// most a nanosecond later, as nothing else takes time by this clock.
  @Test
  void anEventIsSentWhenItsTimeHasCome() {
    Random random = new Random(SEED);
    for (String speed : List.of("1", "2.5x", "60", "0.25")) {
      ManualTicker ticker = new ManualTicker();
      StringBuilder csv = new StringBuilder("date,room,T,H\n");
      List<Long> due = new ArrayList<>();
      Instant time = Instant.parse("2026-03-01T00:00:00Z");
      long first = time.getEpochSecond();
      long clock = 0;
      for (int i = 0; i < 200; i++) {
        csv.append("%s,n,1,2\n".formatted(time.toString().replace("T", " ").replace("Z", "")));
        double factor = ReplaySpeed.parse(speed).factor();
        clock = Math.max(clock, (long) ((time.getEpochSecond() - first) * 1e9 / factor));
        due.add(clock);
        // Mostly on, at times the same second again, at times back.
        time =
            time.plusSeconds(random.nextInt(10) < 8 ? random.nextInt(900) : -random.nextInt(600));
      }
      List<Long> sentAt = new ArrayList<>();
      EventSink watch =
          new EventSink() {
            @Override
            public void send(byte[] key, byte[] value) {
              sentAt.add(ticker.nanos());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
          };

      Replay.run(
          Fixtures.write(home, "data.csv", csv.toString()),
          MappingReader.parse("m.yaml", ROOM.getBytes(StandardCharsets.UTF_8)),
          pipeline,
          watch,
          ReplaySpeed.parse(speed),
          Progress.NONE,
          ticker);

      assertThat(sentAt).as("speed %s, seed %d", speed, SEED).hasSize(400);
      for (int i = 0; i < sentAt.size(); i++) {
        assertThat(sentAt.get(i))
            .as("row %d at speed %s, seed %d", i / 2, speed, SEED)
            .isBetween(due.get(i / 2) - 1000, due.get(i / 2) + 1000);
      }
    }
  }

  @Test
  void anHourThatComesTwiceIsReadInItsOrder() {
    String berlin =
        """
        time: { column: date, format: "yyyy-MM-dd HH:mm", zone: Europe/Berlin }
        readings: [{ column: T, sensor: s, kind: temperature, unit: "°C" }]
        """;
    String csv =
        """
        date,T
        2025-10-26 01:30,0
        2025-10-26 02:00,1
        2025-10-26 02:30,2
        2025-10-26 02:00,3
        2025-10-26 02:30,4
        2025-10-26 03:00,5
        2026-03-29 01:59,6
        2026-03-29 02:30,7
        2026-03-29 03:31,8
        """;

    ReplayResult result =
        run(Fixtures.write(home, "d.csv", csv), berlin, ReplaySpeed.MAX, new ManualTicker());

    assertThat(sink.texts().stream().map(ReplayTest::time))
        .containsExactly(
            "2025-10-25T23:30:00Z",
            "2025-10-26T00:00:00Z",
            "2025-10-26T00:30:00Z",
            "2025-10-26T01:00:00Z",
            "2025-10-26T01:30:00Z",
            "2025-10-26T02:00:00Z",
            "2026-03-29T00:59:00Z",
            "2026-03-29T01:30:00Z",
            "2026-03-29T01:31:00Z");
    assertThat(result.stepsBack()).isZero();
  }

  @Test
  void midnightEndsTheDayWhenTheMappingSaysSo() {
    String ends =
        """
        time: { column: date, format: "dd/MM/yyyy HH:mm", midnight: ends-day }
        readings: [{ column: T, sensor: s, kind: temperature, unit: "°C" }]
        """;
    String csv = "date,T\n01/01/2018 23:45,1\n01/01/2018 00:00,2\n02/01/2018 00:15,3\n";

    ReplayResult result =
        run(Fixtures.write(home, "d.csv", csv), ends, ReplaySpeed.MAX, new ManualTicker());

    assertThat(sink.texts().stream().map(ReplayTest::time))
        .containsExactly("2018-01-01T23:45:00Z", "2018-01-02T00:00:00Z", "2018-01-02T00:15:00Z");
    assertThat(result.stepsBack()).isZero();
  }

  private static String time(String event) {
    int at = event.indexOf("\"event_time\":\"") + 14;
    return Instant.parse(event.substring(at, event.indexOf('"', at))).toString();
  }

  @Test
  void aWaitingReplayCanBeCancelled() {
    ManualTicker ticker = new ManualTicker();
    Progress impatient =
        new Progress() {
          @Override
          public void report(String what, long done, long total) {}

          @Override
          public boolean cancelled() {
            return ticker.passed().compareTo(Duration.ofSeconds(5)) > 0;
          }
        };
    Path file =
        Fixtures.write(
            home,
            "data.csv",
            "date,room,T,H\n2015-02-04 17:00:00,n,1,2\n2015-02-05 17:00:00,n,1,2\n");

    ReplayResult result =
        Replay.run(
            file,
            MappingReader.parse("m.yaml", ROOM.getBytes(StandardCharsets.UTF_8)),
            pipeline,
            sink,
            new ReplaySpeed(1),
            impatient,
            ticker);

    assertThat(result.cancelled()).isTrue();
    assertThat(result.events()).isEqualTo(2);
    assertThat(sink.flushes).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"max, Infinity", "1, 1", "2.5x, 2.5", "MAX, Infinity"})
  void speedsAreRead(String text, double factor) {
    assertThat(ReplaySpeed.parse(text).factor()).isEqualTo(factor);
  }

  @ParameterizedTest
  @CsvSource({"0", "-1", "fast", "NaN", "x"})
  void otherSpeedsAreRefused(String text) {
    assertThatThrownBy(() -> ReplaySpeed.parse(text))
        .isInstanceOfSatisfying(
            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE));
  }

  @Test
  void aMissingFileIsSaid() {
    assertThatThrownBy(() -> run(home.resolve("no.csv"), ROOM, ReplaySpeed.MAX, new ManualTicker()))
        .isInstanceOfSatisfying(
            MillraceException.class, e -> assertThat(e.what()).contains("there is no file"));
  }

  @Test
  void aMappingIsGuessedFromTheColumnsNames() {
    Path file =
        Fixtures.write(
            home,
            "hall.csv",
            "\"date\",\"Temperature\",\"Rel. Humidity\",\"HumidityRatio\",\"note\"\n"
                + "\"1\",\"13/02/2015 17:51\",21.5,40,0.004,a\n");

    ReplayMapping mapping = MappingGuess.of(file, pipeline, Map.of("temperature", "°C"));
    Replay.run(file, mapping, pipeline, sink, ReplaySpeed.MAX, Progress.NONE);

    assertThat(mapping.describe())
        .isEqualTo(
            "time from date; Temperature as temperature (°C) of {file}-temperature,"
                + " Rel. Humidity as humidity of {file}-humidity");
    assertThat(sink.keyTexts()).containsExactly("hall-temperature", "hall-humidity");
    assertThat(sink.texts().getFirst()).contains("2015-02-13T17:51:00");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          day,temperature\\n02/03/2015 10:00,1\\n | day or the month first
          day,temperature\\nsoon,1\\n             | no column holds times
          day,light\\n2015-03-02 10:00:00,1\\n    | names a kind of reading
          """)
  void whatCannotBeGuessedIsSaid(String csv, String why) {
    Path file = Fixtures.write(home, "data.csv", csv.replace("\\n", "\n"));

    assertThatThrownBy(() -> MappingGuess.of(file, pipeline, Map.of())).hasMessageContaining(why);
  }

  private ReplayResult replay(String csv, String mapping) {
    return run(Fixtures.write(home, "data.csv", csv), mapping, ReplaySpeed.MAX, new ManualTicker());
  }

  private ReplayResult run(Path file, String mapping, ReplaySpeed speed, Ticker ticker) {
    return Replay.run(
        file,
        MappingReader.parse("m.yaml", mapping.getBytes(StandardCharsets.UTF_8)),
        pipeline,
        sink,
        speed,
        Progress.NONE,
        ticker);
  }
}
