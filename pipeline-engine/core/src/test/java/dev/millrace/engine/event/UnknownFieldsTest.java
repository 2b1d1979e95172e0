package dev.millrace.engine.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UnknownFieldsTest {

  private final UnknownFields fields = new UnknownFields();

  @Test
  void whatKeepsComingIsCountedHoweverManyComeOnce() {
    for (int i = 0; i < 3 * UnknownFields.HELD; i++) {
      met("once-" + i);
      met("often");
      if (i % 2 == 0) {
        met("sometimes");
      }
    }
    met("x".repeat(1_000));

    Map<String, Long> told = fields.mostFrequent();
    assertThat(told).hasSizeLessThanOrEqualTo(UnknownFields.TOLD);
    assertThat(told.keySet()).startsWith("often", "sometimes");
    assertThat(told)
        .containsEntry("often", 3L * UnknownFields.HELD)
        .containsEntry("sometimes", 3L * UnknownFields.HELD / 2);
    assertThat(fields.total()).isEqualTo(3L * UnknownFields.HELD * 5 / 2 + 1);
  }

  private void met(String name) {
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    fields.met(utf8, 0, utf8.length);
  }
}
