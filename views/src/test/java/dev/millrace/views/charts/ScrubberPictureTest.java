package dev.millrace.views.charts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.views.text.Clock;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ScrubberPictureTest {

  @Test
  void theFlagSaysLiveOnlyWhileEventsCome() {
    Clock clock = new Clock(ZoneOffset.UTC);
    assertThat(picture(true, false).words(clock)).isEqualTo("live");
    assertThat(picture(true, true).words(clock)).isEqualTo("stopped");
    assertThat(picture(false, true).words(clock)).isEqualTo("00:50:00");
  }

  private static Scrubber.Picture picture(boolean live, boolean halted) {
    return new Scrubber.Picture(0, 3_600_000, 3_000_000, live, halted, 0, new long[1], new long[1]);
  }
}
