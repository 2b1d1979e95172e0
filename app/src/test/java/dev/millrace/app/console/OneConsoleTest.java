package dev.millrace.app.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.Home;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OneConsoleTest {

  @TempDir Path folder;

  @Test
  void aSecondOneBringsTheFirstToTheFront() {
    Home home = new Home(folder);
    AtomicInteger shown = new AtomicInteger();
    try (OneConsole first = OneConsole.claim(home).orElseThrow()) {
      first.whenAsked(shown::incrementAndGet);
      assertThat(OneConsole.claim(home)).isEmpty();
      assertThat(OneConsole.claim(home)).isEmpty();
      assertThat(shown).hasValue(2);
      try (OneConsole other = OneConsole.claim(new Home(folder.resolve("other"))).orElseThrow()) {
        assertThat(other).isNotSameAs(first);
      }
    }
    try (OneConsole again = OneConsole.claim(home).orElseThrow()) {
      assertThat(again).isNotNull();
    }
  }

  @Test
  void aSocketLeftBehindIsReplaced() throws IOException {
    Home home = new Home(folder);
    Files.writeString(OneConsole.socket(home), "left behind");
    try (OneConsole one = OneConsole.claim(home).orElseThrow()) {
      one.whenAsked(() -> {});
      assertThat(OneConsole.claim(home)).isEmpty();
    }
  }

  @Test
  void anotherThatDoesNotAnswerIsToldOf() throws IOException {
    Home home = new Home(folder);
    try (FileChannel held =
        FileChannel.open(
            folder.resolve("console.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      assertThat(held.tryLock()).isNotNull();
      assertThatThrownBy(() -> OneConsole.claim(home, Duration.ZERO))
          .isInstanceOf(MillraceException.class)
          .hasMessageContaining("does not answer");
    }
  }

  @Test
  void aLongPathHasItsSocketElsewhere() {
    Home home = new Home(folder.resolve("a".repeat(120)));
    Path socket = OneConsole.socket(home);
    assertThat(socket.toString().getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(100);
    try (OneConsole one = OneConsole.claim(home).orElseThrow()) {
      one.whenAsked(() -> {});
      assertThat(OneConsole.claim(home)).isEmpty();
    }
  }
}
