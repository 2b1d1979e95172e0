package dev.millrace.views.flow;

import dev.millrace.engine.api.Command;
import dev.millrace.views.theme.Tone;
import java.util.List;
import java.util.Optional;

/// What is about to be done, what is being done, or what was done.
///
/// @param button words of the button that does it; empty where nothing is run by hand
/// @param due whether there is something to do; when not, it can be done all the same
/// @param caution question to answer before; empty for none
/// @param result how it ended last time this console asked for it; empty before
record PlanPicture(
    String title,
    String subject,
    List<Stat> stats,
    List<Line> lines,
    String button,
    boolean due,
    Optional<Command> command,
    String caution,
    Optional<Progress> progress,
    Optional<Result> result) {

  PlanPicture {
    stats = List.copyOf(stats);
    lines = List.copyOf(lines);
  }

  record Stat(String value, String words, Tone tone) {}

  /// @param icon Ikonli literal
  record Line(String icon, String name, String value, Tone tone) {}

  /// @param waits whether it is to begin yet
  /// @param share 0 to 1; negative when unknown
  record Progress(long work, boolean waits, String text, double share, boolean cancellable) {}

  record Result(Tone tone, String text, String remedy) {}
}
