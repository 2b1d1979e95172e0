package dev.millrace.app.cli;

import dev.millrace.engine.api.QualityAnswer;
import dev.millrace.engine.api.QualityOrder;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.Count;
import dev.millrace.engine.quality.quarantine.KeptCount;
import dev.millrace.engine.quality.quarantine.KeptFilter;
import dev.millrace.engine.quality.quarantine.KeptState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `millrace quality quarantine …`: rows that failed an expectation, and what becomes of them.
@Command(
    name = "quarantine",
    description = "Rows that failed: look at them, release them, or discard their events.")
final class QuarantineCommand {

  @ParentCommand private QualityCommand quality = new QualityCommand();

  /// Which rows are meant.
  static final class Rows {

    @Option(names = "--table", paramLabel = "T", description = "Rows of this table.")
    private Optional<String> table = Optional.empty();

    @Option(
        names = "--id",
        paramLabel = "ID",
        split = ",",
        description = "Rows of these ids; their first letters are enough.")
    private Set<String> ids = Set.of();

    @Option(
        names = "--reason",
        paramLabel = "TEXT",
        description =
            "Rows with this text in a reason; in double quotes within the text, with that reason.")
    private Optional<String> reason = Optional.empty();

    KeptFilter filter(Set<KeptState> states) {
      return new KeptFilter(table.map(TableNames::parse), ids, reason, states);
    }

    KeptFilter narrowed(boolean all, KeptState state) {
      if (!all && table.isEmpty() && ids.isEmpty() && reason.isEmpty()) {
        throw new MillraceException(
            ErrorCode.USAGE,
            "It is not said which rows",
            "narrow them down with --table, --reason or --id, or say --all");
      }
      return filter(Set.of(state));
    }
  }

  @Command(
      name = "ls",
      description = {
        "How many rows there are, by table, state and reasons, and when the first and the newest of"
            + " them were found.",
        "A row is found once: that it fails again at later validations is not told here."
      })
  int ls(
      @Mixin PipelineParameter pipeline,
      @Mixin Rows rows,
      @Option(
              names = "--state",
              paramLabel = "S",
              description = "open, released, discarded or mended (default: all).")
          Optional<String> state) {
    try (LakeSession lakes = LakeSession.open(millrace(), pipeline.name())) {
      List<KeptCount> counts = lakes.quarantine().counts(rows.filter(states(state)));
      millrace().output().table("rows", counts.stream().map(QualityText::row).toList());
      return 0;
    }
  }

  @Command(name = "show", description = "The rows themselves, with their reasons.")
  int show(
      @Mixin PipelineParameter pipeline,
      @Mixin Rows rows,
      @Option(
              names = "--state",
              paramLabel = "S",
              defaultValue = "open",
              description = "open, released, discarded or mended (default: ${DEFAULT-VALUE}).")
          Optional<String> state,
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "20",
              description = "At most N rows of each table (default: ${DEFAULT-VALUE}).")
          int limit) {
    try (LakeSession lakes = LakeSession.open(millrace(), pipeline.name())) {
      var kept = lakes.quarantine().rows(rows.filter(states(state)), limit);
      List<String> lines = new ArrayList<>();
      kept.forEach(row -> lines.addAll(QualityText.lines(row)));
      if (lines.isEmpty()) {
        lines.add("(no such rows)");
      }
      millrace()
          .output()
          .result(Map.of("rows", kept.stream().map(QualityText::json).toList()), lines);
      return 0;
    }
  }

  /// What a person has to say before many rows change.
  static final class Agreement {

    @Option(names = "--all", description = "All rows, when nothing narrows them.")
    private boolean all;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;
  }

  @Command(
      name = "release",
      description = {
        "Say that open rows are right as they are: they are judged no more. Rows of another state"
            + " are not meant: a mended one fails no more, a discarded one is gone.",
        "Their tables are judged again, so that a load they held can go on."
      })
  int release(
      @Mixin PipelineParameter pipeline,
      @Mixin Rows rows,
      @Option(
              names = "--why",
              paramLabel = "TEXT",
              required = true,
              description = "Reason, kept with each of them.")
          String why,
      @Mixin Agreement agreement) {
    return change(
        pipeline.name(),
        new Change("released", rows.narrowed(agreement.all, KeptState.OPEN), agreement.yes, false),
        filter -> new QualityOrder.Release(filter, said(why)));
  }

  @Command(
      name = "discard",
      description = {
        "Take the events of open rows out of Bronze; Bronze is judged again.",
        "Copies of a reading that was sent more than once go with it.",
        "A derived table loses their rows when it is built the next time."
      })
  int discard(
      @Mixin PipelineParameter pipeline,
      @Mixin Rows rows,
      @Option(
              names = "--why",
              paramLabel = "TEXT",
              required = true,
              description = "Reason, kept with each of them.")
          String why,
      @Mixin Agreement agreement) {
    return change(
        pipeline.name(),
        new Change("discarded", rows.narrowed(agreement.all, KeptState.OPEN), agreement.yes, true),
        filter -> new QualityOrder.Discard(filter, said(why)));
  }

  @Command(
      name = "reopen",
      description = "Take back a release: the rows are judged again, and their tables with them.")
  int reopen(@Mixin PipelineParameter pipeline, @Mixin Rows rows, @Mixin Agreement agreement) {
    return change(
        pipeline.name(),
        new Change(
            "reopened", rows.narrowed(agreement.all, KeptState.RELEASED), agreement.yes, false),
        QualityOrder.Reopen::new);
  }

  /// A reason that says nothing would stand beside the row for ever.
  private static String said(String why) {
    if (why.isBlank()) {
      throw new MillraceException(
          ErrorCode.USAGE, "--why is empty; nothing was changed", "say why in some words");
    }
    return why.strip();
  }

  /// @param events whether it takes events out of Bronze
  private record Change(String done, KeptFilter filter, boolean yes, boolean events) {}

  private int change(String pipeline, Change change, Function<KeptFilter, QualityOrder> order) {
    List<String> preview = new ArrayList<>();
    long meant = 0;
    OptionalLong events = OptionalLong.empty();
    try (LakeSession lakes = LakeSession.open(millrace(), pipeline)) {
      lakes.quarantine().requireEachId(change.filter());
      for (KeptCount count : lakes.quarantine().counts(change.filter())) {
        preview.add("  %,d of %s: %s".formatted(count.rows(), count.table(), count.told()));
        meant += count.rows();
      }
      if (change.events() && meant > 0) {
        events = OptionalLong.of(lakes.quarantine().events(change.filter()));
      }
    }
    preview.add(
        "%s would be %s%s"
            .formatted(
                Count.of(meant, "row"),
                change.done(),
                events.isPresent()
                    ? ": %s would be taken out of Bronze"
                        .formatted(Count.of(events.getAsLong(), "event"))
                    : ""));
    if (meant == 0) {
      return told("0 rows " + change.done(), Map.of());
    }
    if (!Consent.given(millrace().output(), change.yes(), preview, "Do it?")) {
      return told("0 rows " + change.done(), Map.of());
    }
    try (Session session = Session.open(millrace(), pipeline)) {
      QualityAnswer.Changed changed =
          QualityCommand.ask(session, order.apply(change.filter()), QualityAnswer.Changed.class);
      Map<String, Long> byTable = new TreeMap<>();
      changed.rows().forEach((table, rows) -> byTable.put(table.toString(), rows));
      List<String> lines = new ArrayList<>();
      lines.add(
          Count.of(byTable.values().stream().mapToLong(Long::longValue).sum(), "row")
              + " "
              + change.done()
              + (changed.events() > 0
                  ? ", " + Count.of(changed.events(), "event") + " taken out of Bronze"
                  : ""));
      changed
          .judgedAgain()
          .forEach(
              result -> lines.addAll(QualityText.lines(new QualityAnswer.Judged(result, true))));
      lines.addAll(QualityText.lines(session.pipeline(), changed.hold()));
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("summary", lines.getFirst());
      json.put("held", changed.hold().isPresent());
      json.put("rows", byTable);
      if (change.events()) {
        json.put("events", changed.events());
      }
      json.put("judged_again", changed.judgedAgain().stream().map(QualityText::json).toList());
      millrace().output().result(json, lines);
      return 0;
    }
  }

  private int told(String summary, Map<String, Long> rows) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("summary", summary);
    json.put("rows", rows);
    millrace().output().result(json, List.of(summary));
    return 0;
  }

  private static Set<KeptState> states(Optional<String> told) {
    return told.map(
            text ->
                Set.of(
                    KeptState.named(text)
                        .orElseThrow(
                            () ->
                                new MillraceException(
                                    ErrorCode.USAGE,
                                    "'" + text + "' is no state of a row",
                                    "say open, released, discarded or mended"))))
        .orElse(Set.of());
  }

  private Millrace millrace() {
    return quality.millrace();
  }
}
