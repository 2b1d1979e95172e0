package dev.millrace.jpackage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class VersionTest {

  @Test
  void whatComesBeforeAReleaseIsOlderThanItForDebian() {
    assertThat(new Version("0.1.0-SNAPSHOT").debian()).isEqualTo("0.1.0~snapshot");
    assertThat(new Version("0.1.0").debian()).isEqualTo("0.1.0");
    assertThat(new Version("1.2-rc_1").debian()).isEqualTo("1.2.0~rc.1");
  }

  @Test
  void appleWantsAFirstNumberAboveZero() {
    assertThat(new Version("0.1.0-SNAPSHOT").plain(Target.Os.MACOS)).isEqualTo("1.1.0");
    assertThat(new Version("0.1.0-SNAPSHOT").plain(Target.Os.WINDOWS)).isEqualTo("0.1.0");
  }

  @Test
  void anythingElseIsRefused() {
    assertThatThrownBy(() -> new Version("latest"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1.2.3");
  }
}
