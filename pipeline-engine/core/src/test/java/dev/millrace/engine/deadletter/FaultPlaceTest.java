package dev.millrace.engine.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FaultPlaceTest {

  @Test
  void theCaretStandsUnderTheCharacterOfTheByte() {
    byte[] raw = "{\n  \"ort\": \"Köln\" nope\n}".getBytes(StandardCharsets.UTF_8);
    int at = new String(raw, StandardCharsets.ISO_8859_1).indexOf("nope");

    FaultPlace place = FaultPlace.of(raw, at);

    assertThat(place.line()).isEqualTo(2);
    assertThat(place.column()).isEqualTo(17);
    assertThat(place.excerpt()).isEqualTo("  \"ort\": \"Köln\" nope");
    assertThat(place.pointer()).isEqualTo(" ".repeat(16) + "^");
  }

  @Test
  void longLinesAreCutAroundTheFault() {
    byte[] raw = "a".repeat(1000).getBytes(StandardCharsets.UTF_8);
    raw[500] = '!';

    FaultPlace place = FaultPlace.of(raw, 500);

    assertThat(place.excerpt()).hasSize(122).startsWith("…a").endsWith("a…");
    assertThat(place.excerpt().charAt(place.caret())).isEqualTo('!');
    assertThat(place.column()).isEqualTo(501);
  }

  @Test
  void bytesThatDoNotPrintAndPlacesBeyondTheEndAreShown() {
    FaultPlace place = FaultPlace.of(new byte[] {'a', 0, '\t', (byte) 0xff}, 99);

    assertThat(place.excerpt()).isEqualTo("a··\uFFFD");
    assertThat(place.caret()).isEqualTo(4);
    assertThat(FaultPlace.of(new byte[0], 0).pointer()).isEqualTo("^");
  }
}
