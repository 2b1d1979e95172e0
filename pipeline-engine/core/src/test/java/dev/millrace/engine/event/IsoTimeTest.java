package dev.millrace.engine.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IsoTimeTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-31T12:00:00Z",
        "2026-01-31T12:00Z",
        "2000-02-29T23:59:59.999999999-18:00",
        "1900-02-28T00:00:00.1+05:30",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999Z",
        "1969-12-31T23:59:59.000001Z"
      })
  void readsAsJavaTimeDoes(String text) {
    assertThat(micros(text)).isEqualTo(Micros.of(OffsetDateTime.parse(text).toInstant()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"2026-01-31 12:00:00z", "2026-01-31t12:00:00+0000", "2026-01-31T12:00:00-00"})
  void readsOtherWaysOfWriting(String text) {
    assertThat(Micros.instant(micros(text))).hasToString("2026-01-31T12:00:00Z");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-02-29T00:00:00Z",
        "1900-02-29T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-00-01T00:00:00Z",
        "2026-01-00T00:00:00Z",
        "2026-04-31T00:00:00Z",
        "2026-01-01T24:00:00Z",
        "2026-01-01T23:60:00Z",
        "2016-12-31T23:59:60Z",
        "2026-01-01T00:00:00+18:01",
        "0000-01-01T00:00:00Z",
        "0001-01-01T00:00:00+01:00"
      })
  void refusesWhatNoCalendarHas(String text) {
    assertThat(micros(text)).isEqualTo(IsoTime.NOT_OF_THE_CALENDAR);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Z",
        "2026-01-01",
        "2026-01-01T",
        "2026-01-01T00:00:0Z",
        "2026-01-01T00:00:00.Z",
        "2026-01-01T00:00:00.1234567890Z",
        "2026-1-01T00:00:00Z",
        "2026-01-01T00:00:00ZZ",
        "2026-01-01T00:00:00+1:00",
        "+2026-01-01T00:00:00Z",
        "2026-01-01X00:00:00Z",
        "20260101T000000Z",
        "2026-01-01T00:00:00,5Z",
        "2026-0/-01T00:00:00Z"
      })
  void refusesWhatIsNoTime(String text) {
    assertThat(micros(text)).isEqualTo(IsoTime.NOT_A_TIME);
  }

  @Test
  void aTimeWithoutOffsetNamesNoInstant() {
    assertThat(micros("2026-01-01T00:00:00")).isEqualTo(IsoTime.NO_OFFSET);
  }

  /// Mutations of good times against `java.time`, where that reads strictly the same form.
  @Test
  void agreesWithJavaTimeOnMutations() {
    long seed = 20_260_131L;
    SplittableRandom random = new SplittableRandom(seed);
    String alphabet = "0123456789-:.TZ+";
    for (int round = 0; round < 50_000; round++) {
      StringBuilder text = new StringBuilder("2024-02-29T23:59:58.123456+05:30");
      for (int k = random.nextInt(3); k >= 0; k--) {
        text.setCharAt(
            random.nextInt(text.length()), alphabet.charAt(random.nextInt(alphabet.length())));
      }
      long expected;
      try {
        expected =
            Micros.of(
                OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME).toInstant());
        expected =
            expected < IsoTime.FIRST || text.charAt(0) == '-' ? IsoTime.LAST_FAULT : expected;
      } catch (DateTimeException _) {
        expected = IsoTime.LAST_FAULT;
      }
      long actual = Math.max(IsoTime.LAST_FAULT, micros(text.toString()));
      assertThat(actual).as("%s, seed %d round %d", text, seed, round).isEqualTo(expected);
    }
  }

  private static long micros(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return IsoTime.micros(bytes, 0, bytes.length);
  }
}
