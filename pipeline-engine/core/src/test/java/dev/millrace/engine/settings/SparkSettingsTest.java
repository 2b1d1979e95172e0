package dev.millrace.engine.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SparkSettingsTest {

  @ParameterizedTest
  @CsvSource({
    "sc://localhost, localhost, 15002",
    "sc://localhost:15003, localhost, 15003",
    "sc://10.0.0.7:443/;use_ssl=true;token=${TOKEN}, 10.0.0.7, 443",
    "sc://[::1]:15002/, ::1, 15002",
    "sc://dbc-1234.cloud.databricks.com:443/;x-databricks-cluster-id=0001, dbc-1234.cloud.databricks.com, 443",
  })
  void anAddressTellsHostAndPort(String connect, String host, int port) {
    SparkSettings setting = setting(connect);

    assertThat(setting.host()).isEqualTo(host);
    assertThat(setting.port()).isEqualTo(port);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "localhost:15002", "http://localhost", "sc://", "sc://a b", "sc://h:x"})
  void whatIsNoAddressIsRefused(String connect) {
    assertThatThrownBy(() -> setting(connect))
        .isInstanceOfSatisfying(
            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE));
  }

  @Test
  void aVariableIsFilledInAndNeverShown() {
    SparkSettings setting = setting("sc://host:443/;use_ssl=true;token=${TOKEN}");

    assertThat(setting.resolved(Map.of("TOKEN", "dapi$1\\2")))
        .isEqualTo("sc://host:443/;use_ssl=true;token=dapi$1\\2");
    assertThat(setting.toString()).isEqualTo("Spark at host:443");
    assertThatThrownBy(() -> setting.resolved(Map.of()))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("TOKEN");
  }

  @Test
  void aTokenWrittenOutIsNotShownEither() {
    assertThat(setting("sc://host/;token=secret").toString()).doesNotContain("secret");
    assertThatThrownBy(() -> setting("sc://ho st/;token=secret")).hasMessageNotContaining("secret");
  }

  private static SparkSettings setting(String connect) {
    return new SparkSettings(connect, Optional.empty(), Duration.ofSeconds(1));
  }
}
