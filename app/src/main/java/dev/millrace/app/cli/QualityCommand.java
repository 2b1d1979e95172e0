package dev.millrace.app.cli;

import dev.millrace.engine.api.Command.Quality;
import dev.millrace.engine.api.Outcome;
import dev.millrace.engine.api.QualityAnswer;
import dev.millrace.engine.api.QualityOrder;
import dev.millrace.engine.assembly.FileQuality;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.SuiteSource;
import dev.millrace.engine.quality.Consequence;
import dev.millrace.engine.quality.SuitesInForce;
import dev.millrace.engine.quality.ValidationResult;
import dev.millrace.engine.quality.expectation.ResultDetail;
import dev.millrace.engine.quality.expectation.ResultFormat;
import dev.millrace.engine.quality.history.TableHistory;
import dev.millrace.engine.quality.profile.Profile;
import dev.millrace.engine.quality.report.ReportFormat;
import dev.millrace.engine.quality.report.ReportSubject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `millrace quality …`: tables and files judged by Great Expectations' suites, their history,
/// their reports, and the rows that failed.
@Command(
    name = "quality",
    description = "Judge tables and files by Great Expectations suites, and report on them.",
    subcommands = QuarantineCommand.class)
final class QualityCommand {

  @ParentCommand private Millrace millrace = new Millrace();

  Millrace millrace() {
    return millrace;
  }

  @Command(
      name = "validate",
      description = {
        "Judge one table, or all that have a suite, or a file.",
        "Exit code 1 when an expectation is not met that holds the load or stops the flow.",
        "With --json the results have Great Expectations' own form."
      })
  int validate(
      @Mixin PipelineParameter pipeline,
      @Option(
              names = "--table",
              paramLabel = "T",
              description = "Table, for example silver.readings (default: all with a suite).")
          Optional<String> table,
      @Option(
              names = "--data",
              paramLabel = "F",
              description =
                  "A CSV, JSON, NDJSON or Parquet file instead of a table (.csv, .tsv, .json, .ndjson,"
                      + " .jsonl, also .gz and .zst; .parquet); needs no services.")
          Optional<Path> data,
      @Option(
              names = "--suite",
              paramLabel = "S",
              description = "File with the suite (default: the table's own).")
          Optional<Path> suite,
      @Option(
              names = "--result-format",
              paramLabel = "F",
              defaultValue = "SUMMARY",
              description = {
                "BOOLEAN_ONLY, BASIC, SUMMARY or COMPLETE (default: ${DEFAULT-VALUE}).",
                "With another than the default nothing is kept in the history."
              })
          ResultFormat format,
      @Option(
              names = "--index",
              paramLabel = "C",
              split = ",",
              description = "Columns that tell an unexpected row (default: a table's key).")
          List<String> index,
      @Mixin SliceOptions slice) {
    if (data.isPresent()) {
      slice.refuseForFile(table);
    }
    ResultDetail detail =
        ResultDetail.of(format).indexedBy(Objects.requireNonNullElse(index, List.of()));
    Optional<SuiteSource> source = suite.map(SuiteFiles::source);
    if (data.isPresent()) {
      if (source.isEmpty()) {
        throw new MillraceException(
            ErrorCode.USAGE,
            "A file has no suite of its own",
            "name one with --suite, or propose one with 'millrace quality profile --data'");
      }
      ValidationResult result =
          FileQuality.judge(
              data.get(),
              source.get(),
              detail,
              millrace.home(),
              new ProgressLines(millrace.output()));
      return told(List.of(new QualityAnswer.Judged(result, false)));
    }
    try (Session session = Session.open(millrace, pipeline.name())) {
      List<TableName> tables =
          table.isPresent()
              ? List.of(TableNames.parse(table.get()))
              : new SuitesInForce(session.pipeline(), millrace.home())
                  .all().keySet().stream().sorted().toList();
      if (tables.isEmpty()) {
        throw new MillraceException(
            ErrorCode.USAGE,
            pipeline.name() + " has no suites",
            "name a table and a suite, put one in force with 'millrace quality accept', or add some"
                + " under 'quality' in its pipeline.yaml");
      }
      List<QualityAnswer.Judged> results = new ArrayList<>();
      for (TableName name : tables) {
        results.add(
            ask(
                session,
                new QualityOrder.Judge(name, slice.slice(), source, detail),
                QualityAnswer.Judged.class));
      }
      return told(results);
    }
  }

  private int told(List<QualityAnswer.Judged> judged) {
    List<String> lines = new ArrayList<>();
    judged.forEach(one -> lines.addAll(QualityText.lines(one)));
    List<ValidationResult> results = judged.stream().map(QualityAnswer.Judged::validation).toList();
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put(
        "success",
        results.stream().anyMatch(ValidationResult::judged)
            ? results.stream().allMatch(ValidationResult::success)
            : null);
    json.put("validations", results.stream().map(QualityText::json).toList());
    millrace.output().result(json, lines);
    return results.stream().anyMatch(r -> r.worst().compareTo(Consequence.STOP_LOAD) >= 0) ? 1 : 0;
  }

  @Command(
      name = "history",
      description = "Scores over time, the worst expectations, and what changed.")
  int history(
      @Mixin PipelineParameter pipeline,
      @Option(
              names = "--table",
              paramLabel = "T",
              description = "Table, for example silver.readings (default: all judged).")
          Optional<String> table,
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "50",
              description = "At most N validations of each table (default: ${DEFAULT-VALUE}).")
          int limit) {
    try (Session session = Session.open(millrace, pipeline.name())) {
      List<TableHistory> histories =
          ask(
                  session,
                  new QualityOrder.History(table.map(TableNames::parse), limit),
                  QualityAnswer.Histories.class)
              .tables();
      List<String> lines = new ArrayList<>();
      histories.forEach(history -> lines.addAll(QualityText.lines(history)));
      if (lines.isEmpty()) {
        lines.add(
            "(nothing was judged yet; 'millrace quality validate " + pipeline.name() + "' does)");
      }
      millrace
          .output()
          .result(Map.of("tables", histories.stream().map(QualityText::json).toList()), lines);
      return 0;
    }
  }

  @Command(
      name = "profile",
      description = {
        "Look at a table or a file and propose a suite, with the evidence for each expectation.",
        "With --accept-all it is written to --out."
      })
  int profile(
      @Mixin PipelineParameter pipeline,
      @Option(names = "--table", paramLabel = "T", description = "Table to look at.")
          Optional<String> table,
      @Option(
              names = "--data",
              paramLabel = "F",
              description = "A CSV, JSON, NDJSON or Parquet file to look at; needs no services.")
          Optional<Path> data,
      @Option(names = "--accept-all", description = "Write a suite of all that is proposed.")
          boolean acceptAll,
      @Option(names = "--out", paramLabel = "F", description = "File for the suite.")
          Optional<Path> out,
      @Mixin SliceOptions slice) {
    if (table.isPresent() == data.isPresent()) {
      throw new MillraceException(
          ErrorCode.USAGE, "A profile is of a table or of a file", "say --table T or --data F");
    }
    if (acceptAll != out.isPresent()) {
      throw new MillraceException(
          ErrorCode.USAGE,
          "A suite is written where all is accepted",
          "say --accept-all and --out FILE together");
    }
    Profile profile;
    if (data.isPresent()) {
      slice.refuseForFile(table);
      profile =
          FileQuality.profile(data.get(), millrace.home(), new ProgressLines(millrace.output()));
    } else {
      try (LakeSession lakes = LakeSession.open(millrace, pipeline.name())) {
        profile = lakes.profile(TableNames.parse(table.orElseThrow()), slice.slice());
      }
    }
    out.ifPresent(
        file -> SuiteFiles.write(profile.suite(SuiteFiles.nameFor(profile.data())), file));
    List<String> lines = new ArrayList<>(QualityText.lines(profile));
    out.ifPresent(file -> lines.add("Suite written to " + file));
    millrace.output().result(QualityText.json(profile), lines);
    return 0;
  }

  @Command(
      name = "accept",
      description = {
        "Judge a table by this suite from the next run on, in the place of the one it has.",
        "No restart is needed, and the pipeline's own files stay as they are."
      })
  int accept(
      @Mixin PipelineParameter pipeline,
      @Option(
              names = "--table",
              paramLabel = "T",
              required = true,
              description = "Table, for example silver.readings.")
          String table,
      @Option(
              names = "--suite",
              paramLabel = "S",
              required = true,
              description = "File with the suite; it is copied.")
          Path suite) {
    return inForce(
        pipeline, new QualityOrder.AcceptSuite(TableNames.parse(table), SuiteFiles.source(suite)));
  }

  @Command(
      name = "revert",
      description = "Judge a table by the suite that pipeline.yaml names again.")
  int revert(
      @Mixin PipelineParameter pipeline,
      @Option(
              names = "--table",
              paramLabel = "T",
              required = true,
              description = "Table, for example silver.readings.")
          String table) {
    return inForce(pipeline, new QualityOrder.RevertSuite(TableNames.parse(table)));
  }

  private int inForce(PipelineParameter pipeline, QualityOrder order) {
    try (Session session = Session.open(millrace, pipeline.name())) {
      QualityAnswer.InForce now = ask(session, order, QualityAnswer.InForce.class);
      String file = now.suite().map(SuiteSource::file).orElse("");
      List<String> lines = new ArrayList<>();
      lines.add(
          file.isEmpty()
              ? now.table() + " has no suite now"
              : now.table() + " is judged by " + file + " from the next run on");
      lines.addAll(QualityText.lines(session.pipeline(), now.hold()));
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("table", now.table().toString());
      json.put("suite", file);
      json.put("held", now.hold().isPresent());
      millrace.output().result(json, lines);
      return 0;
    }
  }

  @Command(
      name = "report",
      description = {
        "Write a report of a table's last validation, of a flow run, or of a day.",
        "Formats: pdf, html, csv, json (default: what --out ends in)."
      })
  int report(
      @Mixin PipelineParameter pipeline,
      @Option(names = "--table", paramLabel = "T", description = "Table to report on.")
          Optional<String> table,
      @Option(names = "--run", paramLabel = "N", description = "Flow run to report on.")
          Optional<Long> run,
      @Option(
              names = "--day",
              paramLabel = "D",
              description = "Day (UTC) to report on, for example 2026-03-01.")
          Optional<String> day,
      @Option(names = "--format", paramLabel = "F", description = "pdf, html, csv or json.")
          Optional<String> format,
      @Option(
              names = "--out",
              paramLabel = "F",
              required = true,
              description = "File to write; one that is there is replaced.")
          Path out) {
    ReportSubject subject = SliceOptions.subject(table, run, day);
    String named = format.orElse(String.valueOf(out.getFileName()));
    ReportFormat wanted =
        ReportFormat.named(named)
            .orElseThrow(
                () ->
                    new MillraceException(
                        ErrorCode.USAGE,
                        "'" + named + "' names no format of a report",
                        "say --format pdf, html, csv or json"));
    try (Session session = Session.open(millrace, pipeline.name())) {
      QualityAnswer.Written written =
          ask(
              session,
              new QualityOrder.ExportReport(subject, wanted, out),
              QualityAnswer.Written.class);
      millrace
          .output()
          .result(
              Map.of("report", subject.title(), "to", out.toString(), "bytes", written.bytes()),
              List.of("Report of %s written to %s".formatted(subject.title(), out)));
      return 0;
    }
  }

  static <T extends QualityAnswer> T ask(Session session, QualityOrder order, Class<T> wanted) {
    Outcome.Quality outcome =
        session.perform(new Quality(session.pipeline().name(), order), Outcome.Quality.class);
    return wanted.cast(outcome.answer());
  }
}
