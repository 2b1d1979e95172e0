package dev.millrace.jpackage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MaintainerTest {

  @Test
  void isWhoDebiansToolsAreTold() {
    Map<String, String> told = Map.of("DEBFULLNAME", "Ada Byron", "DEBEMAIL", "ada@example.org");
    assertThat(DebTree.maintainer(told, "root", "builder"))
        .isEqualTo("Ada Byron <ada@example.org>");
  }

  @Test
  void isElseTheAccountOfTheMachine() {
    assertThat(DebTree.maintainer(Map.of(), "ada", "mill.example.org"))
        .isEqualTo("ada <ada@mill.example.org>");
    assertThat(DebTree.maintainer(Map.of("DEBFULLNAME", " "), "ada", "mill"))
        .isEqualTo("ada <ada@mill>");
  }
}
