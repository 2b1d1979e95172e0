package dev.millrace.app.cli;

import dev.millrace.engine.deadletter.DeadLetters;
import dev.millrace.engine.deadletter.Edit;
import dev.millrace.engine.deadletter.Letter;
import dev.millrace.engine.deadletter.LetterFilter;
import dev.millrace.engine.deadletter.LetterState;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that change a value before it is sent again.
final class EditOptions {

  @Option(names = "--edit", description = "Open the one letter in $VISUAL or $EDITOR first.")
  private boolean edit;

  @Option(
      names = "--set",
      paramLabel = "FILE",
      description = "Send this file's bytes in place of the one letter's.")
  private @Nullable Path set;

  @Option(
      names = "--replace",
      paramLabel = "s/OLD/NEW/",
      description = {
        "Replace a text (no pattern) in every letter; any character may stand for the slash.",
        "Letters without the text are left as they are."
      })
  private @Nullable String replace;

  Edit edit(DeadLetters letters, LetterFilter filter) {
    if ((edit ? 1 : 0) + (set == null ? 0 : 1) + (replace == null ? 0 : 1) > 1) {
      throw usage("--edit, --set and --replace do not go together", "choose one of them");
    }
    if (replace != null) {
      return replacement(replace);
    }
    if (set != null) {
      Letter _ = one(letters, filter);
      try {
        return new Edit.Whole(Files.readAllBytes(set));
      } catch (IOException e) {
        throw new MillraceException(
            ErrorCode.FILE, set + " cannot be read: " + e.getMessage(), "name another file", e);
      }
    }
    return edit ? new Edit.Whole(edited(one(letters, filter))) : Edit.NONE;
  }

  /// `s/old/new/` taken apart; a backslash before the separator makes it part of the text.
  static Edit replacement(String text) {
    if (text.length() > 2 && text.charAt(0) == 's') {
      char separator = text.charAt(1);
      List<String> parts = new ArrayList<>();
      StringBuilder part = new StringBuilder();
      for (int i = 2; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c == '\\' && i + 1 < text.length() && text.charAt(i + 1) == separator) {
          part.append(separator);
          i++;
        } else if (c == separator) {
          parts.add(part.toString());
          part.setLength(0);
        } else {
          part.append(c);
        }
      }
      if (parts.size() == 2 && part.isEmpty() && !parts.getFirst().isEmpty()) {
        return new Edit.Replace(parts.get(0), parts.get(1));
      }
    }
    throw usage("'" + text + "' is no replacement", "write it as 's/old/new/'");
  }

  private static Letter one(DeadLetters letters, LetterFilter filter) {
    List<Letter> meant = letters.newest(filter.in(LetterState.NEW), 2);
    if (meant.size() != 1) {
      throw usage(
          (meant.isEmpty() ? "No new letter is" : "More than one new letter is")
              + " meant, and an edit is for one",
          "name it with --partition and --offset; 'millrace deadletters ls --each' lists them");
    }
    return meant.getFirst();
  }

  private static byte[] edited(Letter letter) {
    String editor =
        Optional.ofNullable(System.getenv("VISUAL"))
            .or(() -> Optional.ofNullable(System.getenv("EDITOR")))
            .filter(e -> !e.isBlank())
            .orElseThrow(
                () ->
                    usage(
                        "Neither VISUAL nor EDITOR names an editor",
                        "set one, or send a file with --set FILE"));
    try {
      Path file = Files.createTempFile("letter-", ".json");
      try {
        Files.write(file, letter.raw());
        // The variable may hold options, so a shell takes it apart, as git's and crontab's does.
        int code =
            new ProcessBuilder("sh", "-c", editor + " \"$1\"", "sh", file.toString())
                .inheritIO()
                .start()
                .waitFor();
        byte[] after = Files.readAllBytes(file);
        if (code != 0 || Arrays.equals(after, letter.raw())) {
          throw usage(
              code == 0 ? "Nothing was changed in the editor" : "The editor ended with " + code,
              "nothing was sent; leave --edit out to send the letter as it is");
        }
        return after;
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new MillraceException(
          ErrorCode.FILE,
          "The letter could not be edited: " + e.getMessage(),
          "see that '" + editor + "' can be run",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MillraceException(
          ErrorCode.CANCELLED, "Editing was interrupted", "nothing was sent", e);
    }
  }

  private static MillraceException usage(String what, String remedy) {
    return new MillraceException(ErrorCode.USAGE, what, remedy);
  }
}
