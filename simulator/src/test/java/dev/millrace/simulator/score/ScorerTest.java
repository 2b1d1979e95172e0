package dev.millrace.simulator.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.simulator.BatchTimes;
import dev.millrace.simulator.TruthKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScorerTest {

  private static final String TRUTH =
      """
      {"sensor":"a","event_time":"2026-01-01T00:00:10.000000Z","kind":"drift","episode":"r-1","value":1,"base":0}
      {"sensor":"a","event_time":"2026-01-01T00:00:20.000000Z","kind":"drift","episode":"r-1","value":2,"base":0}
      {"sensor":"a","event_time":"2026-01-01T00:00:30.000000Z","kind":"drift","episode":"r-1","value":3,"base":0}
      {"sensor":"a","event_time":"2026-01-01T00:00:30.000000Z","kind":"zone_event","detail":"heat","episode":"r-2","value":3,"base":0}
      {"sensor":"b","event_time":"2026-01-01T00:00:40.000000Z","kind":"spike","episode":"r-3","value":9,"base":0}
      {"sensor":"b","event_time":"2026-01-01T00:00:50.000000Z","kind":"spike","episode":"r-4","value":9,"base":0}
      {"sensor":"b","event_time":"2026-01-01T00:00:50.000000Z","kind":"spike","episode":"r-4","value":9,"base":0}
      {"sensor":"b","event_time":"2026-01-01T00:01:00.000000Z","kind":"spike","episode":"r-5","value":9,"base":0}
      {"sensor":"b","event_time":"2026-01-01T00:01:10.000000Z","kind":"offline","episode":"r-6","base":0}
      {"sensor":"b","event_time":"2026-01-01T00:01:20.000000Z","kind":"offline","episode":"r-6","base":0}
      {"sensor":"b","event_time":"2026-01-01T00:01:30.000000Z","kind":"malformed","detail":"truncated","value":1,"base":1}
      {"sensor":"b","event_time":"2026-01-01T00:01:40.000000Z","kind":"late","value":1,"base":1}
      {"sensor":"b","event_time":"2026-01-01T00:01:50.000000Z","kind":"duplicate","value":1,"base":1}
      {"sensor":"b","event_ti""";

  @TempDir Path folder;

  @Test
  void countsReadingsEpisodesAndDelays() throws IOException {
    Truth truth = read(Truth.Window.ALL);
    assertThat(truth.unreadable()).isEqualTo(1);
    Scorer scorer = new Scorer(truth, List.of("a", "b", "c"));

    reading(scorer, "a", "00:00:00", false, null);
    reading(scorer, "a", "00:00:10", false, null);
    reading(scorer, "a", "00:00:20", false, null);
    reading(scorer, "a", "00:00:30", true, "ZSCORE");
    reading(scorer, "b", "00:00:40", true, "RANGE");
    reading(scorer, "b", "00:00:50", false, null);
    reading(scorer, "b", "00:01:50", false, null);
    reading(scorer, "c", "00:00:00", true, "ZSCORE");
    reading(scorer, "stranger", "00:00:00", true, "ZSCORE");
    Score score = scorer.score();

    assertThat(score.all()).isEqualTo(new Score.Counts(2, 3, 1, 2));
    assertThat(score.all().precision()).contains(2.0 / 3);
    assertThat(score.all().recall()).contains(2.0 / 5);
    assertThat(score.all().f1()).contains(0.5);
    assertThat(score.all().falseAlarmRate()).contains(1.0 / 3);
    assertThat(score.kinds())
        .containsExactly(
            new Score.OfKind(
                TruthKind.SPIKE,
                new Score.Counts(1, 1, 1, 2),
                1,
                2,
                1,
                1,
                Optional.of(new Score.Delays(Duration.ZERO, Duration.ZERO, Duration.ZERO))),
            new Score.OfKind(
                TruthKind.DRIFT,
                new Score.Counts(1, 2, 1, 2),
                0,
                1,
                1,
                0,
                Optional.of(
                    new Score.Delays(
                        Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(20)))),
            new Score.OfKind(
                TruthKind.ZONE_EVENT,
                new Score.Counts(1, 0, 1, 2),
                0,
                1,
                1,
                0,
                Optional.of(new Score.Delays(Duration.ZERO, Duration.ZERO, Duration.ZERO))));
    assertThat(score.reasons())
        .containsExactly(new Score.OfReason("RANGE", 1, 1), new Score.OfReason("ZSCORE", 2, 1));
    assertThat(score.withheld()).containsExactly(new Score.Withheld(TruthKind.OFFLINE, 2, 1));
    assertThat(score.others())
        .containsExactly(
            new Score.Other(TruthKind.MALFORMED, 1, 0),
            new Score.Other(TruthKind.LATE, 1, 0),
            new Score.Other(TruthKind.DUPLICATE, 1, 1));
    assertThat(score.notJudged()).isEqualTo(1);
  }

  @Test
  void aWindowLeavesOutWhatIsOutsideIt() throws IOException {
    Truth truth = read(new Truth.Window(micros("00:00:30"), micros("00:00:50")));
    Scorer scorer = new Scorer(truth, List.of("a", "b"));

    reading(scorer, "a", "00:00:20", true, "ZSCORE");
    reading(scorer, "a", "00:00:30", true, "ZSCORE");
    reading(scorer, "b", "00:00:50", true, "RANGE");

    assertThat(scorer.score().all()).isEqualTo(new Score.Counts(1, 0, 0, 0));
  }

  @Test
  void nothingFlaggedHasNoPrecision() {
    Score.Counts none = new Score.Counts(0, 0, 0, 7);
    assertThat(none.precision()).isEmpty();
    assertThat(none.recall()).isEmpty();
    assertThat(none.f1()).isEmpty();
  }

  @Test
  void whatIsNoTruthIsSaid() throws IOException {
    Path file = Files.writeString(folder.resolve("other"), "a,b\n1,2\n");
    assertThatThrownBy(() -> Truth.read(file, Truth.Window.ALL))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("no truth log");
    assertThatThrownBy(() -> Truth.read(folder.resolve("missing"), Truth.Window.ALL))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("is not there");
  }

  private Truth read(Truth.Window window) throws IOException {
    return Truth.read(Files.writeString(folder.resolve("truth"), TRUTH), window);
  }

  private static void reading(
      Scorer scorer, String sensor, String time, boolean flagged, @Nullable String reason) {
    scorer.reading(sensor, micros(time), flagged, reason);
  }

  private static long micros(String time) {
    return BatchTimes.micros(Instant.parse("2026-01-01T" + time + "Z"));
  }
}
