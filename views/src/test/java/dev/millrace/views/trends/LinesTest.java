package dev.millrace.views.trends;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.live.LiveSnapshot.Anomaly;
import dev.millrace.engine.live.LiveSnapshot.History;
import dev.millrace.engine.live.LiveSnapshot.Latest;
import dev.millrace.engine.pipeline.ValueRange;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LinesTest {

  private static final Latest LATEST =
      new Latest("t1", "temperature", "floor-1/zone-1", "°C", 21, Instant.EPOCH, false);

  @Test
  void aLiveAnomalyOutOfItsRangeIsToldAsSuchBeforeSilverHasIt() {
    History live =
        new History(
            "t1",
            new long[] {1_000_000, 2_000_000, 3_000_000, 4_000_000},
            new double[] {21, 500, 30, 21},
            new boolean[] {false, true, true, false},
            new long[0],
            new double[0],
            new double[0],
            new double[0]);
    Lines lines =
        Lines.of(
            Optional.empty(),
            Optional.of(live),
            LATEST,
            Optional.of(new ValueRange(-40, 85)),
            Long.MAX_VALUE);
    assertThat(lines.anomalies())
        .extracting(Anomaly::reason)
        .containsExactly("RANGE", Lines.UNJUDGED);
    assertThat(
            Lines.of(Optional.empty(), Optional.of(live), LATEST, Optional.empty(), Long.MAX_VALUE)
                .anomalies())
        .extracting(Anomaly::reason)
        .containsOnly(Lines.UNJUDGED);
  }
}
