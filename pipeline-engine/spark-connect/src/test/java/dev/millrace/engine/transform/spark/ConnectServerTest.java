package dev.millrace.engine.transform.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectServerTest {

  @ParameterizedTest
  @ValueSource(strings = {"4.0.0", "4.2.0", "4.1.0-amzn-0", "10.0.1"})
  void aServerThatSpeaksThePortableSqlIsTaken(String version) {
    assertThatNoException().isThrownBy(() -> ConnectServer.refuseOld(version, "host:15002"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.5.6", "2.4.8", "", "main"})
  void anOlderOneIsRefused(String version) {
    assertThatThrownBy(() -> ConnectServer.refuseOld(version, "host:15002"))
        .isInstanceOfSatisfying(
            MillraceException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.SERVICE);
              assertThat(e.what()).contains("host:15002").contains("is Spark " + version);
              assertThat(e.remedy()).contains("4.0 or newer");
            });
  }
}
