package dev.millrace.engine.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.metric.Meters;
import dev.millrace.engine.model.Trouble;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What the watchdog calls trouble, on a clock of the test's own.
class WatchdogTest {

  private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");

  private long nanos = Duration.ofDays(-1).toNanos();
  private Optional<Map<Integer, Long>> ends = Optional.of(Map.of());
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Troubles troubles =
      new Troubles("p/f", "p", "f", new Meters(registry), () -> START, TroubleListener.NONE);
  private final Vitals vitals = new Vitals(() -> nanos);
  private final Watchdog watchdog =
      new Watchdog(
          "readings", vitals, troubles, Watchdog.Patience.STANDARD, Optional.of(() -> ends));

  @Test
  void aStreamThatGetsOnHasNone() {
    for (long offset = 0; offset < 300; offset++) {
      ends = Optional.of(Map.of(0, offset + 100));
      turnAfter(1, Map.of(0, offset));
      vitals.commitBegins();
      vitals.commitEnds(true);
    }
    assertThat(troubles.now()).isEmpty();
    assertThat(vitals.takeReopenWish()).isFalse();
  }

  @Test
  void aCommitIsStuckAfterAMinute() {
    vitals.commitBegins();
    turnAfter(60, Map.of());
    assertThat(troubles.now()).isEmpty();
    turnAfter(1, Map.of());
    assertThat(kinds()).containsExactly(Trouble.Kind.COMMIT_STUCK);
    vitals.commitEnds(true);
    turnAfter(1, Map.of());
    assertThat(troubles.now()).isEmpty();
  }

  @Test
  void whereCommitsAreSlowOneIsStuckAfterTenTimesAsLong() {
    vitals.commitBegins();
    nanos += Duration.ofSeconds(20).toNanos();
    vitals.commitEnds(true);
    vitals.commitBegins();
    turnAfter(199, Map.of());
    assertThat(troubles.now()).isEmpty();
    turnAfter(2, Map.of());
    assertThat(kinds()).containsExactly(Trouble.Kind.COMMIT_STUCK);
  }

  @Test
  void aThreadThatStandsStillLosesItsMembershipInTheEnd() {
    turnAfter(1, Map.of());
    standStill(61);
    assertThat(kinds()).containsExactly(Trouble.Kind.READING_STUCK);
    standStill(240);
    assertThat(kinds()).containsExactly(Trouble.Kind.READING_STUCK, Trouble.Kind.MEMBERSHIP_LOST);
    // Whether it takes part again is for the group to say.
    turnAfter(1, Map.of());
    assertThat(kinds()).containsExactly(Trouble.Kind.MEMBERSHIP_LOST);
  }

  @Test
  void eventsThatStandAndDoNotComeAreSilence() {
    ends = Optional.of(Map.of(0, 10L, 1, 10L));
    turnAfter(1, Map.of(0, 10L, 1, 4L));
    turnAfter(30, Map.of(0, 10L, 1, 4L));
    assertThat(troubles.now()).isEmpty();
    turnAfter(1, Map.of(0, 10L, 1, 4L));
    assertThat(kinds()).containsExactly(Trouble.Kind.SOURCE_SILENT);
    assertThat(troubles.now().getFirst().what()).contains("[1]", "readings");
    assertThat(vitals.takeReopenWish()).isTrue();

    turnAfter(1, Map.of(0, 10L, 1, 5L));
    assertThat(troubles.now()).isEmpty();
  }

  /// Its thread may wait for a disk while it makes the fresh connection that silence asks for.
  @Test
  void aThreadThatStandsStillBlamesTheSourceNoMore() {
    Duration minutes = Duration.ofMinutes(5);
    Duration second = Duration.ofSeconds(1);
    Watchdog quick =
        new Watchdog(
            "readings",
            vitals,
            troubles,
            new Watchdog.Patience(minutes, minutes, minutes, second, minutes, minutes),
            Optional.of(() -> ends));
    ends = Optional.of(Map.of(0, 10L));
    for (int look = 0; look < 3; look++) {
      nanos += second.toNanos();
      vitals.turned(new Vitals.Reading(Map.of(0, 4L), false));
      quick.look(nanos);
    }
    assertThat(kinds()).containsExactly(Trouble.Kind.SOURCE_SILENT);

    nanos += 2 * second.toNanos();
    quick.look(nanos);
    assertThat(troubles.now()).isEmpty();
  }

  @Test
  void silenceIsMetWithFreshConnectionsAtGrowingDistances() {
    ends = Optional.of(Map.of(0, 10L));
    int wishes = 0;
    for (int second = 0; second < 31 + 60 + 120 + 5; second++) {
      turnAfter(1, Map.of(0, 4L));
      wishes += vitals.takeReopenWish() ? 1 : 0;
    }
    assertThat(wishes).isEqualTo(3);
    assertThat(episodes(Trouble.Kind.SOURCE_SILENT)).isEqualTo(1);
  }

  @Test
  void whereTheBatchesAreFullNothingIsExpected() {
    ends = Optional.of(Map.of(0, 10L));
    for (int second = 0; second < 100; second++) {
      nanos += Duration.ofSeconds(1).toNanos();
      vitals.turned(new Vitals.Reading(Map.of(0, 4L), true));
      watchdog.look(nanos);
    }
    assertThat(troubles.now()).isEmpty();
  }

  @Test
  void aBrokerThatDoesNotAnswerIsAwayAndNotSilent() {
    ends = Optional.of(Map.of(0, 10L));
    turnAfter(1, Map.of(0, 4L));
    ends = Optional.empty();
    turnAfter(1, Map.of(0, 4L));
    turnAfter(14, Map.of(0, 4L));
    assertThat(troubles.now()).isEmpty();
    turnAfter(1, Map.of(0, 4L));
    assertThat(kinds()).containsExactly(Trouble.Kind.SOURCE_AWAY);
    turnAfter(100, Map.of(0, 4L));
    assertThat(kinds()).containsExactly(Trouble.Kind.SOURCE_AWAY);
    ends = Optional.of(Map.of(0, 10L));
    turnAfter(1, Map.of(0, 4L));
    assertThat(troubles.now()).isEmpty();
    assertThat(episodes(Trouble.Kind.SOURCE_AWAY)).isEqualTo(1);
  }

  private void turnAfter(int seconds, Map<Integer, Long> positions) {
    nanos += Duration.ofSeconds(seconds).toNanos();
    vitals.turned(new Vitals.Reading(positions, false));
    watchdog.look(nanos);
  }

  private void standStill(int seconds) {
    nanos += Duration.ofSeconds(seconds).toNanos();
    watchdog.look(nanos);
  }

  private List<Trouble.Kind> kinds() {
    return troubles.now().stream().map(Trouble::kind).toList();
  }

  private double episodes(Trouble.Kind kind) {
    return registry.get("millrace.stream.troubles").tag("kind", kind.label()).counter().count();
  }
}
