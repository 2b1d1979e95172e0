package dev.millrace.engine.quality.quarantine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HeldFilterTest {

  @Test
  void aReasonIsLookedForAsItStandsInTheJsonOfReasons() {
    HeldFilter filter =
        new HeldFilter(
            Optional.empty(),
            Set.of(),
            Optional.of("(value) where col(\"kind\")=='a\\b'"),
            Set.of());
    assertThat(filter.predicate())
        .isEqualTo(
            "position('(value) where col(\\\"kind\\\")==''a\\\\b''' IN quarantine_reasons) > 0");
  }
}
