package dev.millrace.app.cli;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import java.io.Console;
import java.util.List;
import java.util.Locale;

/// A person's yes before something is changed.
final class Consent {

  private Consent() {}

  /// Shows what would happen and asks.
  ///
  /// @param yes whether the command line said so already
  /// @return false when the person said no
  /// @throws MillraceException `USAGE` when nobody is there to ask
  @SuppressWarnings("SystemConsoleNull") // From JDK 25 on it is null again without a terminal.
  static boolean given(Output output, boolean yes, List<String> preview, String question) {
    preview.forEach(output::progress);
    if (yes) {
      return true;
    }
    Console console = System.console();
    if (console == null || !console.isTerminal()) {
      throw new MillraceException(
          ErrorCode.USAGE,
          "Nothing was changed: there is no terminal to ask at",
          "say --yes to do it without being asked");
    }
    String answer = console.readLine("%s [y/N] ", question);
    return answer != null && List.of("y", "yes").contains(answer.strip().toLowerCase(Locale.ROOT));
  }
}
