package dev.millrace.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ColumnsTest {

  @Test
  void theLastColumnIsWrappedBelowItself() {
    Columns columns = new Columns(4, 6);
    columns.row("ok", "home", "short");
    columns.row("warn", "window", "word ".repeat(20) + "\n  in: another line\n/" + "p".repeat(90));
    assertThat(columns.lines())
        .containsExactly(
            "ok    home    short",
            "warn  window  " + "word ".repeat(13).strip(),
            "              " + "word ".repeat(7).strip(),
            "                in: another line",
            "              /" + "p".repeat(90));
  }
}
