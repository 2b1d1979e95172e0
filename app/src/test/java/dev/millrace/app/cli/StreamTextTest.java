package dev.millrace.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.api.EngineSnapshot.PartitionStatus;
import dev.millrace.engine.api.EngineSnapshot.StreamState;
import dev.millrace.engine.api.EngineSnapshot.StreamStatus;
import dev.millrace.engine.model.FeedFlow;
import dev.millrace.engine.model.Lateness;
import dev.millrace.engine.model.Pending;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a person reads of a stream before its first commit, and after.
class StreamTextTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void whatIsOpenIsToldBeforeItsCommit() {
    StreamText text =
        new StreamText(status(new Pending(40, 1_200, 3, Optional.of(NOW.plusMillis(11_200)))));

    assertThat(text.line(NOW))
        .isEqualTo(
            "1,200 read (100/s), 0 in Bronze, 3 dead letters (3 open), 0 late; lag of the topic 1,240"
                + " (12.5 s); of this worker 40 unread, 1,200 open, next commit in 12 s");
    assertThat(text.object())
        .containsEntry("read", 1_200L)
        .containsEntry("open", 1_200L)
        .containsEntry("open_dead_letters", 3L)
        .containsEntry("dead_letters", 3L)
        .containsEntry("unread", 40L)
        .containsEntry("lag", 1_240L);
  }

  @Test
  void aCommitUnderWayAndOneThatIsDueAreTold() {
    assertThat(new StreamText(status(new Pending(0, 5, 0, Optional.empty()))).line(NOW))
        .endsWith("5 open, being committed");
    assertThat(
            new StreamText(status(new Pending(0, 5, 0, Optional.of(NOW.minusSeconds(1)))))
                .line(NOW))
        .endsWith("next commit in 0 s");
    assertThat(new StreamText(status(Pending.NONE)).line(NOW)).endsWith("0 unread, 0 open");
  }

  private static StreamStatus status(Pending pending) {
    return new StreamStatus(
        "sensor-events",
        StreamState.RUNNING,
        1_200,
        0,
        0,
        0,
        100,
        pending.open(),
        0,
        Optional.empty(),
        Optional.empty(),
        List.of(new PartitionStatus(0, 0, pending.open() + pending.unread())),
        "",
        Lateness.NONE,
        new FeedFlow(Optional.of(Duration.ofMillis(12_500)), Map.of(), Map.of(), 0, pending),
        List.of());
  }
}
