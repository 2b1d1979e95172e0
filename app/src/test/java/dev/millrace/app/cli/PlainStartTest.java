package dev.millrace.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PlainStartTest {

  @TempDir Path folder;

  @Test
  void noWordOpensTheUsualHome() {
    assertThat(PlainStart.of().map(start -> start.home().root())).contains(Millrace.defaultHome());
  }

  @Test
  void aHomeMayBeSaidInBothForms() {
    Path home = folder.resolve("home of mine");
    assertThat(PlainStart.of("--home", home.toString()).map(start -> start.home().root()))
        .contains(home);
    assertThat(PlainStart.of("--home=" + home).map(start -> start.home().root())).contains(home);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "--help",
        "--version",
        "--home",
        "--home=",
        "--homes=x",
        "--home=-x",
        "--home=@words",
        "--home --json",
        "--home x --json",
        "--engine spark"
      })
  void allElseIsTheParsers(String words) {
    assertThat(PlainStart.of(words.split(" "))).isEmpty();
  }

  @Test
  void aFileAsHomeIsTheParsersToRefuse() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "no folder");
    assertThat(PlainStart.of("--home", file.toString())).isEmpty();
  }
}
