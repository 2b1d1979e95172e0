package dev.millrace.engine.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.error.MillraceException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SqlParametersTest {

  private final SqlParameters parameters =
      SqlParameters.of("1.0.0", Instant.parse("1970-01-01T00:00:01.000002Z"));

  @Test
  void parametersBecomeLiterals() {
    assertThat(parameters.putInto("SELECT :pipeline_version AS v, :processing_timestamp"))
        .isEqualTo("SELECT '1.0.0' AS v, timestamp_micros(1000002)");
  }

  @Test
  void aColonElsewhereIsLeftAlone() {
    String sql = "SELECT ':pipeline_version', \":x\", a::date -- :note\n, 'it''s :y' /* :z */";

    assertThat(parameters.putInto(sql)).isEqualTo(sql);
  }

  @Test
  void anUnknownParameterIsNamedWithItsLine() {
    assertThatThrownBy(() -> parameters.putInto("SELECT 1,\n :pipeline_versoin"))
        .isInstanceOf(MillraceException.class)
        .hasMessage("There is no parameter :pipeline_versoin, line 2");
  }

  @Test
  void aVersionThatCouldEndItsQuotesIsRefused() {
    assertThatThrownBy(() -> SqlParameters.of("1'; DROP TABLE x --", Instant.EPOCH))
        .isInstanceOf(MillraceException.class);
  }
}
