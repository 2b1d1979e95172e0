package dev.millrace.views.desk;

import dev.millrace.engine.api.Command;
import dev.millrace.engine.api.EngineSnapshot.WorkStatus;
import java.util.Optional;

/// Work that holds the turn of its pipeline: what changes derived tables is done one after another,
/// see {@link Command#takesTurn}, so what is asked for meanwhile waits. Every button that asks for
/// such work takes its words from here, and so says that it would wait. Any thread may call.
///
/// @param after as in `Load after the flow`
/// @param whole a sentence for who wonders
public record Turn(String after, String whole) {

  private static final String ASKS = " …";

  /// The work that holds the turn of the pipeline on show; empty when what is asked for begins at
  /// once.
  public static Optional<Turn> taken(Moment moment) {
    return moment.engine().work().stream()
        .map(WorkStatus::command)
        .filter(c -> c.takesTurn() && c.pipeline().equals(moment.pipeline()))
        .findFirst()
        .map(
            c ->
                new Turn(
                    "after " + name(c),
                    "“"
                        + Commands.title(c)
                        + "” is under way, and tables are changed by one at a time: this begins"
                        + " when it has ended."));
  }

  private static String name(Command command) {
    return switch (command) {
      case Command.RunFlow _ -> "the flow";
      case Command.Transform _ -> "the build";
      case Command.Load _, Command.MendWarehouse _ -> "the load";
      case Command.Check _, Command.Quality _ -> "the check";
      default -> "what runs";
    };
  }

  /// A button's words: `Load now` becomes `Load after the flow`, `Load …` `Load after the flow …`.
  public static String words(String plain, Optional<Turn> taken) {
    if (taken.isEmpty()) {
      return plain;
    }
    boolean asks = plain.endsWith(ASKS);
    String verb = plain.replaceFirst("( now| …)$", "");
    return verb + " " + taken.get().after() + (asks ? ASKS : "");
  }

  /// A button's tooltip, with the reason to wait.
  public static String tip(String plain, Optional<Turn> taken) {
    return plain + taken.map(turn -> ". " + turn.whole()).orElse("");
  }
}
