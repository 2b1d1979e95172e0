package dev.millrace.app.cli;

import dev.millrace.app.console.ConsoleStart;
import dev.millrace.app.crash.CrashReports;
import dev.millrace.app.log.HomeLogs;
import dev.millrace.engine.model.Home;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/// The start from a menu: no word at all, or the home alone. It goes without the parser of command
/// lines, which takes a fifth of the time to the window.
///
/// Whatever it does not know, and every mistake, is the parser's.
record PlainStart(Home home) {

  private static final String HOME = "--home";

  static Optional<PlainStart> of(String... args) {
    return switch (args.length) {
      case 0 -> in(Millrace.defaultHome());
      case 1 -> args[0].startsWith(HOME + "=") ? in(args[0].substring(HOME.length() + 1)) : none();
      case 2 -> args[0].equals(HOME) ? in(args[1]) : none();
      default -> none();
    };
  }

  private static Optional<PlainStart> none() {
    return Optional.empty();
  }

  /// Words that begin with a sign may mean more to the parser than a folder.
  private static Optional<PlainStart> in(String folder) {
    if (folder.isEmpty() || "-@\"'".indexOf(folder.charAt(0)) >= 0) {
      return none();
    }
    try {
      return in(Path.of(folder));
    } catch (InvalidPathException _) {
      return none();
    }
  }

  private static Optional<PlainStart> in(Path folder) {
    return Files.exists(folder) && !Files.isDirectory(folder)
        ? none()
        : Optional.of(new PlainStart(new Home(folder)));
  }

  /// @return the exit code when the window is closed
  int open() {
    System.setProperty(HomeLogs.FOLDER, home.logs().toString());
    HomeLogs.openAside();
    CrashReports.install(home);
    return ConsoleStart.open(
        home,
        Optional.empty(),
        Optional.empty(),
        System.err::println,
        ThreadLocalRandom.current().nextLong());
  }
}
