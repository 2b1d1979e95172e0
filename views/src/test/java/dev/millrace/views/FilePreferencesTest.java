package dev.millrace.views;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePreferencesTest {

  @TempDir private Path folder;

  @Test
  void whatIsKeptIsFoundAgain() {
    Path file = folder.resolve("console").resolve("preferences");
    new FilePreferences(file).keep("theme", "LIGHT");
    assertThat(new FilePreferences(file).value("theme")).contains("LIGHT");
    assertThat(new FilePreferences(file).value("room")).isEmpty();
  }

  @Test
  void aDamagedFileIsNoReasonNotToStart() throws IOException {
    Path file = folder.resolve("preferences");
    Files.writeString(file, "theme=\\u00zz");
    FilePreferences preferences = new FilePreferences(file);
    assertThat(preferences.value("theme")).isEmpty();
    preferences.keep("theme", "DARK");
    assertThat(new FilePreferences(file).value("theme")).contains("DARK");
  }

  @Test
  void aFileThatCannotBeWrittenStillRemembersWhileTheConsoleLives() throws IOException {
    Path blocked = Files.writeString(folder.resolve("file"), "in the way");
    FilePreferences preferences = new FilePreferences(blocked.resolve("preferences"));
    preferences.keep("theme", "LIGHT");
    assertThat(preferences.value("theme")).contains("LIGHT");
  }
}
