package dev.millrace.views.quality;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.views.desk.Toast;
import dev.millrace.views.theme.Tone;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// Opens a file with the program that the system has for it. Not for the FX thread.
final class OpenFile {

  private OpenFile() {}

  /// @throws MillraceException `FILE` when the system has no way to open files
  static Toast of(Path file) {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    List<String> command =
        system.contains("win")
            ? List.of("rundll32", "url.dll,FileProtocolHandler", file.toString())
            : system.contains("mac")
                ? List.of("open", file.toString())
                : List.of("xdg-open", file.toString());
    try {
      new ProcessBuilder(command)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      throw new MillraceException(
          ErrorCode.FILE,
          "This system does not open files by '" + command.getFirst() + "'",
          "open " + file + " by hand; it is written",
          e);
    }
    return new Toast(Tone.GOOD, "Opening the report", file.toString(), "");
  }
}
