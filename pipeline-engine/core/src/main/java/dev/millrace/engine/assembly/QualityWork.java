package dev.millrace.engine.assembly;

import dev.millrace.engine.api.Outcome;
import dev.millrace.engine.api.QualityAnswer;
import dev.millrace.engine.api.QualityOrder;
import dev.millrace.engine.control.ControlDatabase;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.model.Count;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.SuiteSource;
import dev.millrace.engine.quality.FailingRows;
import dev.millrace.engine.quality.KnownTables;
import dev.millrace.engine.quality.LoadHold;
import dev.millrace.engine.quality.Slice;
import dev.millrace.engine.quality.SuitesInForce;
import dev.millrace.engine.quality.TrySuite;
import dev.millrace.engine.quality.ValidateTable;
import dev.millrace.engine.quality.ValidateTable.Request;
import dev.millrace.engine.quality.ValidationRecord;
import dev.millrace.engine.quality.ValidationResult;
import dev.millrace.engine.quality.ValidationStore;
import dev.millrace.engine.quality.expectation.ResultDetail;
import dev.millrace.engine.quality.history.TableHistory;
import dev.millrace.engine.quality.profile.ProfileTable;
import dev.millrace.engine.quality.quarantine.KeepRows;
import dev.millrace.engine.quality.quarantine.KeptCount;
import dev.millrace.engine.quality.quarantine.Quarantine;
import dev.millrace.engine.quality.quarantine.Quarantine.Discarded;
import dev.millrace.engine.quality.report.BuildReport;
import dev.millrace.engine.quality.report.QualityReport;
import dev.millrace.engine.transform.SqlEngine;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/// The quality of one pipeline's tables: judged, kept, decided about and reported. Work that judges
/// or changes tables belongs to one thread at a time.
final class QualityWork {

  private final Pipeline pipeline;
  private final ControlDatabase control;
  private final Lake lake;
  private final SqlEngine sql;
  private final InstantSource clock;
  private final Quarantine quarantine;
  private final FailingRows rows;
  private final SuitesInForce suites;

  QualityWork(
      Pipeline pipeline,
      SuitesInForce suites,
      ControlDatabase control,
      Lake lake,
      SqlEngine sql,
      InstantSource clock) {
    this.suites = suites;
    this.pipeline = pipeline;
    this.control = control;
    this.lake = lake;
    this.sql = sql;
    this.clock = clock;
    this.quarantine = new Quarantine(pipeline, lake, sql, clock);
    this.rows = new KeepRows(lake, pipeline);
  }

  Outcome.Quality perform(QualityOrder order, Progress progress) {
    return switch (order) {
      case QualityOrder.Judge judge -> judge(judge, progress);
      case QualityOrder.FindKept find -> {
        List<KeptCount> counts = quarantine.counts(find.filter());
        yield new Outcome.Quality(
            Count.of(counts.stream().mapToLong(KeptCount::rows).sum(), "row") + " in quarantine",
            new QualityAnswer.Kept(
                counts,
                find.limit() > 0 ? quarantine.rows(find.filter(), find.limit()) : List.of(),
                find.events()
                    ? OptionalLong.of(quarantine.events(find.filter()))
                    : OptionalLong.empty()));
      }
      case QualityOrder.Release release ->
          changed(
              "released",
              new Discarded(quarantine.release(release.filter(), release.why()), 0),
              suites.all().keySet(),
              progress);
      case QualityOrder.Reopen reopen ->
          changed(
              "reopened",
              new Discarded(quarantine.reopen(reopen.filter()), 0),
              suites.all().keySet(),
              progress);
      case QualityOrder.Discard discard -> {
        Set<TableName> bronze = new LinkedHashSet<>();
        pipeline.feeds().stream()
            .map(Feed::bronze)
            .filter(suites.all()::containsKey)
            .forEach(bronze::add);
        Discarded discarded = quarantine.discard(discard.filter(), discard.why());
        yield changed(
            "discarded", discarded, discarded.rows().isEmpty() ? Set.of() : bronze, progress);
      }
      case QualityOrder.AcceptSuite accept -> {
        SuiteSource now =
            suites.accept(
                accept.table(),
                accept.suite(),
                lake.find(accept.table()).map(LakeTable::schema),
                new TrySuite(pipeline, accept.table(), lake, sql));
        yield new Outcome.Quality(
            accept.table() + " is judged by " + now.file() + " from the next time on",
            new QualityAnswer.InForce(accept.table(), Optional.of(now), loadHold()));
      }
      case QualityOrder.RevertSuite revert -> {
        boolean was = suites.revert(revert.table());
        Optional<SuiteSource> now = suites.of(revert.table());
        yield new Outcome.Quality(
            revert.table()
                + (was ? " is judged by " : " was and is judged by ")
                + now.map(SuiteSource::file).orElse("no suite"),
            new QualityAnswer.InForce(revert.table(), now, loadHold()));
      }
      case QualityOrder.History history -> {
        List<TableHistory> tables = histories(history);
        yield new Outcome.Quality(
            "history of " + Count.of(tables.size(), "table"), new QualityAnswer.Histories(tables));
      }
      case QualityOrder.ProfileTable work -> {
        var profile =
            new ProfileTable().profile(pipeline, work.table(), work.slice(), lake, sql, progress);
        yield new Outcome.Quality(
            "%s: %s, %s proposed"
                .formatted(
                    work.table(),
                    Count.of(profile.rows(), "row"),
                    Count.of(profile.proposals().size(), "expectation")),
            new QualityAnswer.Profiled(profile));
      }
      case QualityOrder.MakeReport make -> {
        QualityReport report = report(make.subject());
        yield new Outcome.Quality(
            "report of " + make.subject().title(), new QualityAnswer.Reported(report));
      }
      case QualityOrder.ExportReport export -> {
        long bytes = WriteReports.to(report(export.subject()), export.format(), export.to());
        yield new Outcome.Quality(
            "report of %s written to %s".formatted(export.subject().title(), export.to()),
            new QualityAnswer.Written(export.to(), bytes));
      }
    };
  }

  /// Judges a table by its own suite and keeps what came of it.
  ///
  /// @param onlyNew the rows that came since it was last judged; all when it never was
  ValidationResult check(TableName table, boolean onlyNew, Optional<Long> run, Progress progress) {
    Slice slice =
        onlyNew
            ? validations()
                .latest(pipeline.name(), table)
                .map(last -> ValidateTable.newSince(lake, table, last.version()))
                .orElse(Slice.WHOLE)
            : Slice.WHOLE;
    return keep(new Request(table, suites.of(table), slice), run, progress);
  }

  private ValidationResult keep(Request request, Optional<Long> run, Progress progress) {
    ValidationResult result =
        new ValidateTable().validate(pipeline, request, lake, sql, rows, clock.instant(), progress);
    if (result.judged()) {
      validations().save(result.toRecord(run));
    }
    return result;
  }

  /// One line for people.
  static String summary(ValidationResult result) {
    String rows =
        (result.openRows() > 0
                ? ", %s open in quarantine".formatted(Count.of(result.openRows(), "row"))
                : "")
            + (result.releasedRows() > 0
                ? ", %s left out".formatted(Count.of(result.releasedRows(), "released row"))
                : "");
    if (!result.judged()) {
      return result.data().title() + ": no rows in this slice, so nothing was judged" + rows;
    }
    return "%s scores %.1f %%: %d of %s met%s"
        .formatted(
            result.data().title(),
            result.percent(),
            result.passed(),
            Count.of(result.results().size(), "expectation"),
            rows);
  }

  private Outcome.Quality judge(QualityOrder.Judge judge, Progress progress) {
    requireNew(judge);
    Request request =
        new Request(
            judge.table(),
            judge.suite().or(() -> suites.of(judge.table())),
            judge.slice(),
            judge.detail());
    boolean whole =
        judge.slice().isWhole()
            || judge
                .slice()
                .newSince()
                .map(Slice::newSince)
                .filter(judge.slice()::equals)
                .isPresent();
    boolean kept = whole && judge.suite().isEmpty() && judge.detail().equals(ResultDetail.USUAL);
    ValidationResult result =
        kept
            ? keep(request, Optional.empty(), progress)
            : new ValidateTable()
                .validate(
                    pipeline, request, lake, sql, rows.keepingNothing(), clock.instant(), progress);
    return new Outcome.Quality(
        summary(result), new QualityAnswer.Judged(result, kept && result.judged()));
  }

  /// A person who asks for what is new hears that nothing is, and not that nothing failed.
  private void requireNew(QualityOrder.Judge judge) {
    Optional<Long> newest = lake.find(judge.table()).map(table -> table.snapshot().version());
    if (judge.slice().version().isEmpty()
        && newest.isPresent()
        && newest.equals(judge.slice().newSince())) {
      throw new MillraceException(
          ErrorCode.USAGE,
          "Nothing is new in %s since version %d, which is its newest; nothing was judged"
              .formatted(judge.table(), newest.get()),
          "name an earlier version, or have the whole table judged");
    }
  }

  private Outcome.Quality changed(
      String done, Discarded changed, Set<TableName> judgeable, Progress progress) {
    List<ValidationResult> judged = new ArrayList<>();
    Set<TableName> again = new TreeSet<>(changed.rows().keySet());
    if (done.equals("discarded") && !changed.rows().isEmpty()) {
      again.addAll(judgeable);
    }
    again.retainAll(judgeable);
    for (TableName table : again) {
      judged.add(check(table, false, Optional.empty(), progress));
    }
    long all = changed.rows().values().stream().mapToLong(Long::longValue).sum();
    StringBuilder summary = new StringBuilder(Count.of(all, "row") + " " + done);
    if (changed.events() > 0) {
      summary
          .append(", ")
          .append(Count.of(changed.events(), "event"))
          .append(" taken out of Bronze");
    }
    judged.forEach(result -> summary.append("; ").append(summary(result)));
    if (done.equals("discarded") && all > 0) {
      summary.append("; the tables made of it leave them out with the next run of a flow");
    }
    return new Outcome.Quality(
        summary.toString(),
        new QualityAnswer.Changed(changed.rows(), changed.events(), judged, loadHold()));
  }

  private List<TableHistory> histories(QualityOrder.History order) {
    order.table().ifPresent(table -> KnownTables.require(pipeline, table, lake));
    Collection<TableName> tables =
        order.table().isPresent()
            ? List.of(order.table().get())
            : suites.all().keySet().stream().sorted().toList();
    List<TableHistory> histories = new ArrayList<>();
    for (TableName table : tables) {
      List<ValidationRecord> records = validations().history(pipeline.name(), table, order.limit());
      if (!records.isEmpty() || order.table().isPresent()) {
        histories.add(TableHistory.of(table, records));
      }
    }
    return histories;
  }

  private QualityReport report(dev.millrace.engine.quality.report.ReportSubject subject) {
    return new BuildReport(
            pipeline,
            validations(),
            lake,
            sql,
            quarantine,
            id ->
                control
                    .flowRuns()
                    .find(id)
                    .map(
                        run ->
                            new QualityReport.Run(
                                run.id(),
                                run.flow(),
                                run.state().name().toLowerCase(Locale.ROOT),
                                run.startedAt())),
            clock)
        .of(subject, control.settings().demo(pipeline.name()));
  }

  /// Refuses a load that is held.
  ///
  /// @throws MillraceException `QUALITY`
  void requireLoadable() {
    Optional<LoadHold> hold = loadHold();
    if (hold.isPresent()) {
      throw new MillraceException(
          ErrorCode.QUALITY,
          hold.get().what() + ". The warehouse keeps what it has",
          hold.get().remedy());
    }
  }

  /// What holds a load now.
  Optional<LoadHold> loadHold() {
    return new HoldsLoad(pipeline, suites, validations(), quarantine, lake).now();
  }

  private ValidationStore validations() {
    return control.validations();
  }
}
