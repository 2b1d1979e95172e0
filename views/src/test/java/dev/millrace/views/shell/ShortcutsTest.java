package dev.millrace.views.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShortcutsTest {

  @Test
  void theSheetHasTheKeysOfTrendsTablesAndTheEditor() {
    assertThat(Shortcuts.lines(List.of()))
        .extracting(Shortcuts.Line::keys)
        .contains("+ − 0", "Shift ← →", "F", "Ctrl C", "Ctrl Enter", "Ctrl Space", "Home, End");
  }
}
