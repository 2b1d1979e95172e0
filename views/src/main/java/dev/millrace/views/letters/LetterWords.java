package dev.millrace.views.letters;

import dev.millrace.engine.api.Command;
import dev.millrace.engine.api.EngineSnapshot.WorkStatus;
import dev.millrace.engine.deadletter.DeadLetters;
import dev.millrace.engine.deadletter.Edit;
import dev.millrace.engine.model.Stand;
import dev.millrace.views.desk.Moment;
import dev.millrace.views.text.Figures;
import java.util.Optional;

/// How many letters there are and what becomes of them, in words.
final class LetterWords {

  private LetterWords() {}

  /// What changes letters right now, for example `Replaying 3,000 of 10,000 …`; empty when nothing
  /// does.
  static String underWay(Moment moment) {
    return moment.engine().work().stream()
        .filter(work -> work.command().pipeline().equals(moment.pipeline()))
        .flatMap(work -> underWay(work).stream())
        .findFirst()
        .orElse("");
  }

  private static Optional<String> underWay(WorkStatus work) {
    Optional<String> verb =
        switch (work.command()) {
          case Command.ReplayLetters _ -> Optional.of("Replaying");
          case Command.DiscardLetters _ -> Optional.of("Discarding");
          case Command.RestoreLetters _ -> Optional.of("Restoring");
          case Command.SettleReplays _ -> Optional.of("Settling replays");
          default -> Optional.empty();
        };
    Stand stand = work.stand();
    return verb.map(
        does ->
            stand.total() > 0
                ? does
                    + " "
                    + Figures.count(stand.done())
                    + " of "
                    + Figures.count(stand.total())
                    + " …"
                : does + " …");
  }

  /// What stands below the list.
  ///
  /// @param count letters that the filter finds
  /// @param listed how many of them are in the list
  /// @param looking whether they are those of an earlier filter still
  static String listed(long count, int listed, boolean looking, String underWay) {
    String found =
        looking
            ? "looking …"
            : listed < count
                ? "the newest " + Figures.count(listed) + " of " + Figures.count(count)
                : Figures.counted(count, "letter");
    if (underWay.isEmpty()) {
      return found;
    }
    return count == 0 || looking ? underWay : underWay + " · " + found;
  }

  /// What became of the letters since a sheet counted them.
  ///
  /// @param came letters found now less those counted
  static String newer(long came) {
    return came <= 0
        ? ""
        : Figures.counted(came, "newer letter")
            + " came since this was opened and "
            + (came == 1 ? "stays as it is." : "stay as they are.");
  }

  /// What a replay would do.
  static String of(DeadLetters.Preview preview, Edit edit) {
    boolean one = preview.letters() == 1;
    if (preview.letters() == 0) {
      return edit instanceof Edit.Replace(String text, String _) && preview.leftAlone() > 0
          ? "Nothing in these letters matches “" + text + "”, so none would be sent."
          : "No letters to replay: one that was replayed or discarded is not sent again.";
    }
    if (preview.events() == 0) {
      return one
          ? "It is no event of its feed yet: sent as it is, it comes back as a dead letter."
              + " Mend it first."
          : "None of them is an event of its feed yet: sent as they are, all come back as"
              + " dead letters. Mend them first.";
    }
    if (preview.letters() > preview.events()) {
      return "Those that would come back can be mended one by one.";
    }
    return one ? "It would come into Bronze." : "All of them would come into Bronze.";
  }
}
