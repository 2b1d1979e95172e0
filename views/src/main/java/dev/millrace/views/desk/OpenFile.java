package dev.millrace.views.desk;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.views.theme.Tone;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// Opens a file or a folder with the program that the system has for it. Not for the FX thread.
public final class OpenFile {

  private OpenFile() {}

  /// @throws MillraceException `FILE` when the system has no way to open files
  public static Toast of(Path file) {
    open(file);
    return new Toast(Tone.GOOD, "Opening the report", file.toString(), "");
  }

  /// Opens the folder that a file lies in.
  ///
  /// @throws MillraceException `FILE` when the system has no way to open folders
  public static Toast folderOf(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    Path shown = folder == null ? file : folder;
    open(shown);
    return new Toast(Tone.GOOD, "Opening the folder", shown.toString(), "");
  }

  private static void open(Path file) {
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
          "This system does not open files and folders by '" + command.getFirst() + "'",
          "open " + file + " by hand; it is written",
          e);
    }
  }
}
