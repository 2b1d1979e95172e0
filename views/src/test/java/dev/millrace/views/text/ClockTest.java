package dev.millrace.views.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class ClockTest {

  private final Clock clock = new Clock(ZoneId.of("Europe/Berlin"));

  @Test
  void whatIsReadLaterTellsDayAndZone() {
    Instant noon = Instant.parse("2026-11-27T11:00:00Z");
    assertThat(clock.date(noon)).isEqualTo("27 Nov 2026, 12:00 CET");
    assertThat(clock.span(noon.minusSeconds(3_600), noon))
        .isEqualTo("27 Nov 2026, 11:00 to 12:00 CET");
    assertThat(clock.span(noon.minusSeconds(86_400), noon))
        .isEqualTo("26 Nov 2026, 12:00 to 27 Nov 2026, 12:00 CET");
    assertThat(
            clock.span(
                Instant.parse("2026-10-24T12:00:00Z"), Instant.parse("2026-10-26T12:00:00Z")))
        .as("over the end of summer time")
        .isEqualTo("24 Oct 2026, 14:00 CEST to 26 Oct 2026, 13:00 CET");
  }
}
