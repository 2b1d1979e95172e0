package dev.millrace.engine.assembly;

import dev.millrace.engine.api.Command;
import dev.millrace.engine.api.Outcome;
import dev.millrace.engine.deadletter.DeadLetters;
import dev.millrace.engine.deadletter.LetterChange;
import dev.millrace.engine.deadletter.LetterGroup;
import dev.millrace.engine.deadletter.Settlement;
import dev.millrace.engine.model.Count;
import dev.millrace.engine.model.Progress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Carries out the commands about dead letters. Any thread may call.
final class LetterWork {

  private final DeadLetters letters;

  LetterWork(DeadLetters letters) {
    this.letters = letters;
  }

  Outcome find(Command.FindLetters find) {
    List<LetterGroup> groups = letters.groups(find.filter());
    long all = groups.stream().mapToLong(LetterGroup::letters).sum();
    return new Outcome.Letters(
        "%,d dead letters".formatted(all),
        groups,
        find.limit() > 0 ? letters.newest(find.filter(), find.limit()) : List.of());
  }

  Outcome preview(Command.PreviewReplay asked) {
    DeadLetters.Preview preview = letters.previewReplay(asked.filter(), asked.edit());
    return new Outcome.ReplayPreview(summary(preview), preview);
  }

  Outcome replay(Command.ReplayLetters replay, Progress progress) {
    return done("replayed", letters.replay(replay.filter(), replay.edit(), progress));
  }

  Outcome discard(Command.DiscardLetters discard, Progress progress) {
    return done("discarded", letters.discard(discard.filter(), discard.why(), progress));
  }

  Outcome restore(Command.RestoreLetters restore, Progress progress) {
    return done("restored", letters.restore(restore.filter(), progress));
  }

  Outcome settle(Command.SettleReplays settle) {
    Settlement settlement = letters.settle(settle.filter(), settle.assumption());
    String unknown =
        settlement.unknown() == 0
            ? ""
            : "; of %,d the topic tells nothing any more, say whether they count as sent"
                .formatted(settlement.unknown());
    return new Outcome.Done(
        settlement.all() == 0
            ? "No replay is open"
            : "%,d letters were sent, %,d were not and are new again%s"
                .formatted(settlement.replayed(), settlement.released(), unknown),
        Map.of(
            "replayed", settlement.replayed(),
            "released", settlement.released(),
            "unknown", settlement.unknown()));
  }

  Outcome export(Command.ExportLetters export) {
    long written =
        switch (export.format()) {
          case LINES -> letters.exportLines(export.filter(), export.to());
          case FILES -> letters.exportFiles(export.filter(), export.to());
        };
    return new Outcome.Done(
        count(written, "dead letter") + " written to " + export.to(), Map.of("letters", written));
  }

  /// What a replay would do, in one line.
  static String summary(DeadLetters.Preview preview) {
    long refused = preview.letters() - preview.events();
    return count(preview.letters(), "letter")
        + " would be sent: %,d would be events, %,d would come back as dead letters"
            .formatted(preview.events(), refused)
        + (preview.leftAlone() == 0
            ? ""
            : "; to %,d the edit does not apply".formatted(preview.leftAlone()));
  }

  private static String count(long number, String one) {
    return Count.of(number, one);
  }

  private static Outcome done(String verb, Map<String, LetterChange> changes) {
    Map<String, Long> rows = new HashMap<>();
    changes.forEach((feed, change) -> rows.put(feed, change.changed()));
    long changed = changes.values().stream().mapToLong(LetterChange::changed).sum();
    long left = changes.values().stream().mapToLong(LetterChange::leftAlone).sum();
    return new Outcome.Done(
        count(changed, "dead letter")
            + " "
            + verb
            + (left == 0 ? "" : ", %,d left as they are".formatted(left)),
        rows);
  }
}
