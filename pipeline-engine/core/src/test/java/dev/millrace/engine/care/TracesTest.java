package dev.millrace.engine.care;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TracesTest {

  @Test
  void aValueIsAWholeWord() {
    Traces traces = of("sensor-1");

    assertThat(traces.in("sensor-1")).isTrue();
    assertThat(traces.in("{\"a\":\"sensor-1\"}")).isTrue();
    assertThat(traces.in("see sensor-1.")).isTrue();
    assertThat(traces.in("sensor-10")).isFalse();
    assertThat(traces.in("my-sensor-1")).isFalse();
    assertThat(traces.in("sensor-1-b")).isFalse();
    assertThat(traces.in("sensor-10, then sensor-1")).isTrue();
  }

  @Test
  void aNumberIsLookedForInItsColumnOnly() {
    Traces traces = of("42");

    assertThat(traces.in("42")).isTrue();
    assertThat(traces.in("the answer is 42")).isFalse();
    assertThat(traces.in(bytes("{\"value\":42}"))).isFalse();
    assertThat(traces.tellingInBytes()).isFalse();
    assertThat(traces.condition("t")).contains("id").contains("42");
  }

  @Test
  void otherSpellingsAreFound() {
    Traces traces = of("Jörg \"J\" Müller");

    assertThat(traces.in(bytes("{\"n\":\"Jörg \\\"J\\\" Müller\"}"))).isTrue();
    assertThat(traces.in(bytes("{\"n\":\"J\\u00f6rg \\\"J\\\" M\\u00FCller\"}"))).isFalse();
    assertThat(traces.in(bytes("{\"n\":\"J\\u00f6rg \\\"J\\\" M\\u00fcller\"}"))).isTrue();
    assertThat(traces.in("Jörg \"J\" Müller".getBytes(StandardCharsets.ISO_8859_1))).isTrue();
    assertThat(traces.in("Jörg \"J\" Müller".getBytes(StandardCharsets.UTF_16BE))).isTrue();
  }

  @Test
  void theStartOfALongValueIsItsBound() {
    String name = "a-very-long-name-of-a-person-indeed-it-is";
    Traces traces = of(name);

    assertThat(traces.inBound(name.substring(0, 32))).isTrue();
    assertThat(traces.inBound(name.substring(0, 32) + Character.toString(0x10FFFF))).isTrue();
    assertThat(traces.inBound(name.substring(0, 31))).isFalse();
  }

  @Test
  void aStretchEndsInTheMiddleOfAFile() {
    Traces traces = of("sensor-1");
    byte[] end = bytes("xx sensor-1");

    assertThat(traces.inStretch(end, end.length, true, true)).isTrue();
    assertThat(traces.inStretch(end, end.length, true, false)).as("a digit may follow").isFalse();
    byte[] start = bytes("sensor-1 xx");
    assertThat(traces.inStretch(start, start.length, true, true)).isTrue();
    assertThat(traces.inStretch(start, start.length, false, true)).as("seen before").isFalse();
  }

  private static Traces of(String value) {
    return new Traces(new Subject(Set.of("id"), value));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
