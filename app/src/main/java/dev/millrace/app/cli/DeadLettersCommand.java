package dev.millrace.app.cli;

import dev.millrace.engine.api.Command.ReplayLetters;
import dev.millrace.engine.api.Command.SettleReplays;
import dev.millrace.engine.deadletter.DeadLetters;
import dev.millrace.engine.deadletter.Edit;
import dev.millrace.engine.deadletter.Letter;
import dev.millrace.engine.deadletter.LetterChange;
import dev.millrace.engine.deadletter.LetterFilter;
import dev.millrace.engine.deadletter.LetterGroup;
import dev.millrace.engine.deadletter.LetterId;
import dev.millrace.engine.deadletter.LetterState;
import dev.millrace.engine.deadletter.Settlement.Assumption;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `millrace deadletters ls|show|replay|discard|restore|settle|export`: values that were no events.
///
/// Only `replay` and `settle` need the broker.
@Command(
    name = "deadletters",
    description = "Look at, replay, discard or export the events that could not be decoded.")
final class DeadLettersCommand {

  @ParentCommand private Millrace millrace;

  @Command(name = "ls", description = "How many there are by feed, reason and state.")
  int ls(
      @Parameters(paramLabel = "PIPELINE", description = "Name of the pipeline.") String pipeline,
      @Mixin LetterOptions options,
      @Option(names = "--each", description = "One line for each, the newest first.") boolean each,
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "100",
              description = "With --each at most N (default: ${DEFAULT-VALUE}).")
          int limit) {
    var _ = Given.atLeastOne("--limit", limit);
    try (LakeSession lakes = LakeSession.open(millrace, pipeline)) {
      DeadLetters letters = lakes.deadLetters();
      if (each) {
        millrace
            .output()
            .table(
                "dead_letters",
                letters.newest(options.filter(), limit).stream().map(LetterText::row).toList());
      } else {
        millrace
            .output()
            .table(
                "reasons", letters.groups(options.filter()).stream().map(LetterText::row).toList());
      }
      return 0;
    }
  }

  @Command(
      name = "show",
      description = "The newest ones with their bytes, a caret under the fault's place.")
  int show(
      @Parameters(paramLabel = "PIPELINE", description = "Name of the pipeline.") String pipeline,
      @Mixin LetterOptions options,
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "10",
              description = "At most N (default: ${DEFAULT-VALUE}).")
          int limit) {
    var _ = Given.atLeastOne("--limit", limit);
    try (LakeSession lakes = LakeSession.open(millrace, pipeline)) {
      List<Letter> letters = lakes.deadLetters().newest(options.filter(), limit);
      Map<LetterId, Letter> origins = lakes.deadLetters().origins(letters);
      List<String> lines = new ArrayList<>();
      List<Map<String, Object>> objects = new ArrayList<>();
      for (Letter letter : letters) {
        Optional<Letter> origin = Optional.ofNullable(origins.get(letter.id()));
        lines.addAll(LetterText.block(letter, origin));
        objects.add(LetterText.object(letter, origin));
      }
      millrace
          .output()
          .result(
              Map.of("dead_letters", objects),
              letters.isEmpty() ? List.of("(no dead_letters)") : lines);
      return 0;
    }
  }

  @Command(
      name = "replay",
      description = {
        "Send new letters to their topic again, edited or as they are, each at most once.",
        "Headers millrace-original-topic, -partition, -offset and millrace-replay-id say where from."
      })
  int replay(
      @Parameters(paramLabel = "PIPELINE", description = "Name of the pipeline.") String pipeline,
      @Mixin LetterOptions options,
      @Mixin EditOptions edits,
      @Option(names = "--all", description = "All new letters, when no other option narrows them.")
          boolean all,
      @Option(names = "--preview", description = "Tell what would be sent, and send nothing.")
          boolean preview,
      @Option(names = "--yes", description = "Do not ask.") boolean yes) {
    LetterFilter filter = narrowed(options, all, LetterState.NEW);
    Edit edit;
    try (LakeSession lakes = LakeSession.open(millrace, pipeline)) {
      edit = edits.edit(lakes.deadLetters(), filter);
      DeadLetters.Preview plan = lakes.deadLetters().previewReplay(filter, edit);
      requireMatch(edit, plan);
      String line =
          LetterText.count(plan.letters(), "letter")
              + " would be sent: %,d would be events, %,d would come back as dead letters"
                  .formatted(plan.events(), plan.letters() - plan.events());
      if (preview) {
        List<String> lines = new ArrayList<>(reasons(plan.groups()));
        lines.add(line);
        millrace.output().result(LetterText.object(plan), lines);
        return 0;
      }
      boolean nothing =
          plan.letters() == 0
              && lakes.deadLetters().groups(LetterFilter.ALL.in(LetterState.REPLAYING)).isEmpty();
      List<String> lines = new ArrayList<>(reasons(plan.groups()));
      lines.add(line);
      if (nothing || !Consent.given(millrace.output(), yes, lines, "Send them?")) {
        return changed("0 dead letters replayed" + (nothing ? why(lakes, options) : ""), Map.of());
      }
    }
    try (Session session = Session.open(millrace, pipeline)) {
      return session.run(new ReplayLetters(pipeline, filter, edit), "letters");
    }
  }

  @Command(name = "discard", description = "Set new letters aside; 'restore' undoes it.")
  int discard(
      @Parameters(paramLabel = "PIPELINE", description = "Name of the pipeline.") String pipeline,
      @Mixin LetterOptions options,
      @Option(
              names = "--why",
              paramLabel = "TEXT",
              required = true,
              description = "Reason, kept with each of them.")
          String why,
      @Option(names = "--all", description = "All new letters, when no other option narrows them.")
          boolean all,
      @Option(names = "--preview", description = "Tell what would be discarded, and do nothing.")
          boolean preview,
      @Option(names = "--yes", description = "Do not ask.") boolean yes) {
    LetterFilter filter = narrowed(options, all, LetterState.NEW);
    return move(
        pipeline,
        filter,
        new Move(
            "discarded", preview, yes, letters -> letters.discard(filter, why, Progress.NONE)));
  }

  @Command(name = "restore", description = "Make discarded letters new again.")
  int restore(
      @Parameters(paramLabel = "PIPELINE", description = "Name of the pipeline.") String pipeline,
      @Mixin LetterOptions options,
      @Option(
              names = "--all",
              description = "All discarded letters, when no other option narrows them.")
          boolean all,
      @Option(names = "--preview", description = "Tell what would be restored, and do nothing.")
          boolean preview,
      @Option(names = "--yes", description = "Do not ask.") boolean yes) {
    LetterFilter filter = narrowed(options, all, LetterState.DISCARDED);
    return move(
        pipeline,
        filter,
        new Move("restored", preview, yes, letters -> letters.restore(filter, Progress.NONE)));
  }

  @Command(
      name = "settle",
      description = {
        "Decide about letters that a replay claimed before it broke off, by looking into the topic.",
        "Every replay does so first."
      })
  int settle(
      @Parameters(paramLabel = "PIPELINE", description = "Name of the pipeline.") String pipeline,
      @Option(
              names = "--assume",
              paramLabel = "A",
              defaultValue = "NONE",
              description =
                  "Where the topic no longer tells: sent, not_sent, or none to leave them claimed"
                      + " (default).")
          Assumption assumption) {
    try (Session session = Session.open(millrace, pipeline)) {
      return session.run(new SettleReplays(pipeline, LetterFilter.ALL, assumption), "letters");
    }
  }

  @Command(
      name = "export",
      description = "Write letters to a file of JSON lines, or each one's bytes into a folder.")
  int export(
      @Parameters(paramLabel = "PIPELINE", description = "Name of the pipeline.") String pipeline,
      @Mixin LetterOptions options,
      @Option(names = "--out", paramLabel = "FILE", description = "File of JSON lines.")
          Optional<Path> file,
      @Option(
              names = "--raw",
              paramLabel = "DIR",
              description = "Folder for <topic>-<partition>-<offset>.raw.")
          Optional<Path> folder) {
    if (file.isPresent() == folder.isPresent()) {
      throw new MillraceException(
          ErrorCode.USAGE,
          "An export goes to a file or to a folder",
          "say --out FILE or --raw DIR");
    }
    try (LakeSession lakes = LakeSession.open(millrace, pipeline)) {
      Path to = file.or(() -> folder).orElseThrow();
      long written =
          file.isPresent()
              ? lakes.deadLetters().exportLines(options.filter(), to)
              : lakes.deadLetters().exportFiles(options.filter(), to);
      millrace
          .output()
          .result(
              Map.of("letters", written, "to", to.toString()),
              List.of(LetterText.count(written, "dead letter") + " written to " + to));
      return 0;
    }
  }

  private static void requireMatch(Edit edit, DeadLetters.Preview plan) {
    if (edit instanceof Edit.Replace replace && plan.letters() == 0 && plan.leftAlone() > 0) {
      throw new MillraceException(
          ErrorCode.USAGE,
          "None of "
              + LetterText.count(plan.leftAlone(), "letter")
              + " contains '"
              + replace.text()
              + "'",
          "nothing was sent; 'millrace deadletters show' shows what they hold");
    }
  }

  /// Why no letter that is meant is new.
  private static String why(LakeSession lakes, LetterOptions options) {
    String others =
        lakes.deadLetters().groups(options.filter()).stream()
            .collect(
                Collectors.groupingBy(
                    LetterGroup::state, TreeMap::new, Collectors.summingLong(LetterGroup::letters)))
            .entrySet()
            .stream()
            .map(each -> "%,d %s already".formatted(each.getValue(), each.getKey().text()))
            .collect(Collectors.joining(", "));
    return others.isEmpty() ? ": there are none of these" : ": " + others;
  }

  private interface Change {
    Map<String, LetterChange> on(DeadLetters letters);
  }

  private record Move(String done, boolean preview, boolean yes, Change change) {}

  private int move(String pipeline, LetterFilter filter, Move move) {
    try (LakeSession lakes = LakeSession.open(millrace, pipeline)) {
      List<LetterGroup> groups = lakes.deadLetters().groups(filter);
      long meant = groups.stream().mapToLong(LetterGroup::letters).sum();
      List<String> lines = new ArrayList<>(reasons(groups));
      lines.add(LetterText.count(meant, "letter") + " would be " + move.done());
      if (move.preview()) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("letters", meant);
        object.put("reasons", groups.stream().map(LetterText::row).toList());
        millrace.output().result(object, lines);
        return 0;
      }
      Map<String, Long> changed = new LinkedHashMap<>();
      if (meant > 0 && Consent.given(millrace.output(), move.yes(), lines, "Do it?")) {
        move.change()
            .on(lakes.deadLetters())
            .forEach((feed, change) -> changed.put(feed, change.changed()));
      }
      long all = changed.values().stream().mapToLong(Long::longValue).sum();
      return changed(LetterText.count(all, "dead letter") + " " + move.done(), changed);
    }
  }

  private int changed(String summary, Map<String, Long> letters) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("summary", summary);
    object.put("letters", letters);
    millrace.output().result(object, List.of(summary));
    return 0;
  }

  /// What is meant, in the one state the command starts from; everything only when that is said.
  private static LetterFilter narrowed(LetterOptions options, boolean all, LetterState state) {
    options.onlyState(state);
    if (!all && !options.given()) {
      throw new MillraceException(
          ErrorCode.USAGE,
          "It is not said which letters",
          "narrow them down, for example with --reason or --offset, or say --all");
    }
    return options.filter().in(state);
  }

  private static List<String> reasons(List<LetterGroup> groups) {
    return groups.stream()
        .map(g -> "  %,d %s of %s".formatted(g.letters(), g.reason(), g.feed()))
        .toList();
  }
}
