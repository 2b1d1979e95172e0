package dev.millrace.engine.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SharedRingTest {

  private static final int ROWS = 64;
  private static final int WRITES = 2_000_000;

  @Test
  void keepsTheLastRowsInOrder() {
    SharedRing ring = new SharedRing(2, ROWS, _ -> true);
    for (int i = 0; i < 1_000; i++) {
      ring.add(new double[] {i, -i});
      double[][] rows = ring.read();
      int expected = i < ROWS - 1 ? i + 1 : ROWS - 1;
      // The oldest place is where the next row goes, so a full ring, whatever its size, lacks one.
      assertThat(rows[0].length).isBetween(Math.min(expected, i), expected);
      assertThat(rows[0][rows[0].length - 1]).isEqualTo(i);
      for (int r = 0; r < rows[0].length; r++) {
        assertThat(rows[0][r]).isEqualTo(i - rows[0].length + 1 + r);
        assertThat(rows[1][r]).isEqualTo(-rows[0][r]);
      }
    }
  }

  @Test
  void withoutRoomItStaysAsSmallAsItBegan() {
    SharedRing ring = new SharedRing(1, ROWS, _ -> false);
    for (int i = 0; i < 100; i++) {
      ring.add(new double[] {i});
    }
    assertThat(ring.read()[0]).hasSize(15).endsWith(98, 99);
  }

  /// Rows hold a number and its negative: half a row, or one out of order, would show.
  @Test
  void aReaderNeverSeesHalfARow() throws InterruptedException {
    SharedRing ring = new SharedRing(2, ROWS, _ -> true);
    AtomicBoolean writing = new AtomicBoolean(true);
    AtomicLong torn = new AtomicLong();
    AtomicLong read = new AtomicLong();
    CountDownLatch reading = new CountDownLatch(1);
    Thread reader =
        Thread.ofPlatform()
            .start(
                () -> {
                  do {
                    double[][] rows = ring.read();
                    for (int r = 0; r < rows[0].length; r++) {
                      boolean whole = rows[1][r] == -rows[0][r];
                      boolean inOrder = r == 0 || rows[0][r] == rows[0][r - 1] + 1;
                      if (!whole || !inOrder) {
                        torn.incrementAndGet();
                      }
                    }
                    read.incrementAndGet();
                    reading.countDown();
                  } while (writing.get());
                });
    reading.await();
    double[] row = new double[2];
    for (int i = 1; i <= WRITES; i++) {
      row[0] = i;
      row[1] = -i;
      ring.add(row);
    }
    writing.set(false);
    reader.join();
    assertThat(read.get()).isPositive();
    assertThat(torn.get()).isZero();
    assertThat(ring.read()[0]).endsWith(WRITES);
  }
}
