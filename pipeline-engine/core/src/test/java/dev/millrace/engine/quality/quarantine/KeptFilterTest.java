package dev.millrace.engine.quality.quarantine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeptFilterTest {

  @Test
  void aReasonIsLookedForAsItStandsInTheJsonOfReasons() {
    KeptFilter filter =
        new KeptFilter(
            Optional.empty(),
            Set.of(),
            Optional.of("(value) where col(\"kind\")=='a\\b'"),
            Set.of());
    assertThat(filter.predicate())
        .isEqualTo(
            "position('(value) where col(\\\"kind\\\")==''a\\\\b''' IN quarantine_reasons) > 0");
  }

  @Test
  void aStateThatNoVersionOfOursWroteCountsAsOpen() {
    assertThat(KeptFilter.ALL.in(KeptState.OPEN).predicate())
        .isEqualTo("quarantine_state NOT IN ('discarded', 'mended', 'released')");
    assertThat(KeptFilter.ALL.in(KeptState.RELEASED).predicate())
        .isEqualTo("quarantine_state IN ('released')");
  }
}
