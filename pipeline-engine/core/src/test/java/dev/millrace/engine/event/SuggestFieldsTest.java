package dev.millrace.engine.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class SuggestFieldsTest {

  private final SuggestFields suggest = new SuggestFields(Feeds.readings());

  @Test
  void theTypeHoldsEveryValueSeen() {
    suggest.read(
        """
        {"battery":87,"rssi":-41,"ok":true,"seen":"2026-01-31T12:00:00Z","day":"2026-01-31",\
        "note":"2026-01-31","huge":123456789012345678901234567890,"void":null}\
        """);
    suggest.read(
        """
        {"battery":86.5,"rssi":-40,"ok":false,"seen":"2026-01-31T13:00:00+01:00",\
        "day":"2026-02-28","note":"2026-02-30","rssi":null}\
        """);

    assertThat(yaml("battery")).contains("battery: double");
    assertThat(yaml("rssi")).contains("rssi: bigint");
    assertThat(yaml("ok")).contains("ok: boolean");
    assertThat(yaml("seen")).contains("seen: timestamp");
    assertThat(yaml("day")).contains("day: date");
    assertThat(yaml("note")).contains("note: string");
    assertThat(yaml("huge")).contains("huge: double");
    assertThat(of("void").obstacle()).isEqualTo("it was null each time");
    assertThat(of("rssi").events()).isEqualTo(3);
    assertThat(of("battery").example()).isEqualTo("86.5");
    assertThat(suggest.events()).isEqualTo(2);
    assertThat(suggest.suggestions().getFirst().name()).isEqualTo("rssi");
  }

  @Test
  void whatCannotBeAColumnSaysWhy() {
    suggest.read(
        """
        {"meta":{"a":[1]},"mixed":1,"batteryLevel":1,"kafka_offset":7,"value":21.5,"long":"%s"}\
        """
            .formatted("x".repeat(100)));
    suggest.read("{\"mixed\":\"one\"}");

    assertThat(of("meta").obstacle()).isEqualTo("no column holds an object or an array");
    assertThat(of("mixed").obstacle()).isEqualTo("its values are of several types");
    assertThat(of("batteryLevel").obstacle()).startsWith("a column's name is");
    assertThat(of("kafka_offset").obstacle()).isEqualTo("Bronze adds a column of that name itself");
    assertThat(yaml("meta")).isEmpty();
    assertThat(yaml("batteryLevel")).isEmpty();
    assertThat(suggest.suggestions())
        .as("a column of the schema is none to suggest")
        .extracting(FieldSuggestion::name)
        .doesNotContain("value");
    assertThat(of("long").example()).hasSize(60).endsWith("…");
  }

  @Test
  void whatIsNoObjectIsRefused() {
    assertThatThrownBy(() -> suggest.read("[1]")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> suggest.read("{\"a\":1")).isInstanceOf(IllegalArgumentException.class);
  }

  private FieldSuggestion of(String name) {
    return suggest.suggestions().stream()
        .filter(s -> s.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private Optional<String> yaml(String name) {
    return of(name).yaml();
  }
}
