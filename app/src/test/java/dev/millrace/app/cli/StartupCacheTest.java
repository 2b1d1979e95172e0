package dev.millrace.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StartupCacheTest {

  private static final String NOT_SHARED = "mixed mode";

  @Test
  void isBrokenOnlyWhenNothingElseExplainsThatItIsNotTaken() {
    assertThat(broken("mixed mode, sharing", Map.of())).contains(false);
    assertThat(broken(NOT_SHARED, Map.of())).contains(true);
    assertThat(broken(NOT_SHARED, Map.of("MILLRACE_JAVA_OPTIONS", " "))).contains(true);
    assertThat(broken(NOT_SHARED, Map.of("MILLRACE_JAVA_OPTIONS", "-XX:+UseZGC"))).contains(false);
    assertThat(broken(NOT_SHARED, Map.of("JAVA_TOOL_OPTIONS", "-Xint"))).contains(false);
  }

  @Test
  void isNoneOutsideAnInstalledImage() {
    assertThat(StartupCache.of(name -> name.equals("java.vm.info") ? NOT_SHARED : null, Map.of()))
        .isEmpty();
  }

  private static Optional<Boolean> broken(String info, Map<String, String> environment) {
    Map<String, String> properties =
        new HashMap<>(Map.of("java.vm.info", info, "millrace.image", "/opt"));
    return StartupCache.of(properties::get, environment).map(StartupCache::broken);
  }
}
