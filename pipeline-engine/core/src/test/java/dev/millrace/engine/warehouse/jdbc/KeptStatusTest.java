package dev.millrace.engine.warehouse.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.warehouse.LoadedTable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class KeptStatusTest {

  private Instant now = Instant.EPOCH;
  private final AtomicInteger reads = new AtomicInteger();

  private List<LoadedTable> reading() {
    reads.incrementAndGet();
    return List.of();
  }

  @Test
  void aStatusIsReadAgainWhenItIsOldOrSomethingChanged() {
    KeptStatus kept = new KeptStatus(Duration.ofMinutes(1), () -> now);
    assertThat(kept.of("p", this::reading)).isEmpty();
    now = now.plusSeconds(59);
    assertThat(kept.of("p", this::reading)).isEmpty();
    assertThat(reads).hasValue(1);
    now = now.plusSeconds(1);
    assertThat(kept.of("p", this::reading)).isEmpty();
    assertThat(reads).hasValue(2);
    kept.forget("p");
    assertThat(kept.of("p", this::reading)).isEmpty();
    assertThat(reads).hasValue(3);
  }

  @Test
  void aFailureIsKeptToo() {
    KeptStatus kept = new KeptStatus(Duration.ofMinutes(1), () -> now);
    Supplier<List<LoadedTable>> failing =
        () -> {
          throw new MillraceException(ErrorCode.SERVICE, "silent " + reads.incrementAndGet(), "w");
        };
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> kept.of("p", failing)).hasMessageContaining("silent 1");
    }
  }

  @Test
  void nothingIsKeptOfWhatIsNear() {
    KeptStatus kept = new KeptStatus(Duration.ZERO, () -> now);
    assertThat(kept.of("p", this::reading)).isEmpty();
    assertThat(kept.of("p", this::reading)).isEmpty();
    assertThat(reads).hasValue(2);
  }
}
