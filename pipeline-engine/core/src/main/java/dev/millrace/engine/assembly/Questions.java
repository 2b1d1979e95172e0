package dev.millrace.engine.assembly;

import dev.millrace.engine.api.Answer;
import dev.millrace.engine.api.Outcome;
import dev.millrace.engine.api.Question;
import dev.millrace.engine.deadletter.DeadLetters;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.event.EventBatch;
import dev.millrace.engine.event.EventDecoder;
import dev.millrace.engine.event.Verdict;
import dev.millrace.engine.flow.FlowRun;
import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.model.Count;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.Pipelines;
import dev.millrace.engine.warehouse.LedgerEntry;
import dev.millrace.engine.warehouse.WarehouseServer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Answers a person's questions about one pipeline. Any thread may call.
final class Questions {

  private final Pipeline pipeline;
  private final EngineParts parts;
  private final Lake lake;
  private final DeadLetters letters;

  Questions(Pipeline pipeline, EngineParts parts, Lake lake, DeadLetters letters) {
    this.pipeline = pipeline;
    this.parts = parts;
    this.lake = lake;
    this.letters = letters;
  }

  /// @throws MillraceException when there is no answer
  Outcome answer(Question question, Progress progress) {
    return switch (question) {
      case Question.AboutTable q -> {
        Answer.AboutTable about = new TableFacts(pipeline, lake).of(q);
        yield answered("%s, version %d".formatted(q.table(), about.version()), about);
      }
      case Question.Rows q -> {
        Answer.Rows rows = asking().rows(q, progress);
        yield answered(Count.of(rows.rows().size(), "row"), rows);
      }
      case Question.Plan q -> answered("the plan", asking().plan(q, progress));
      case Question.Export q -> {
        Answer.Written written = asking().export(q, progress);
        yield answered(Count.of(written.rows(), "row") + " in " + written.file(), written);
      }
      case Question.Judge q -> {
        Answer.Judged judged = judge(feed(q.feed()), q.value());
        yield answered(
            judged.fault().map(Answer.EventFault::detail).orElse("an event of " + q.feed()),
            judged);
      }
      case Question.LetterTrend q -> {
        Map<String, long[]> seen = letters.trend(q.filter(), q.from(), q.to(), q.buckets());
        yield answered(
            "dead letters of %d reasons".formatted(seen.size()),
            new Answer.LetterTrend(q.from(), q.to(), seen));
      }
      case Question.PastRuns q -> {
        List<FlowRun> runs =
            parts.control().flowRuns().recent(pipeline.name(), Math.addExact(q.limit(), 1));
        boolean more = runs.size() > q.limit();
        yield answered(
            "%,d runs".formatted(Math.min(runs.size(), q.limit())),
            new Answer.PastRuns(more ? runs.subList(0, q.limit()) : runs, more));
      }
      case Question.Setup _ -> {
        List<Answer.SettingValue> values = new TellSetup(pipeline, parts).values();
        yield answered("%d settings".formatted(values.size()), new Answer.Setup(values));
      }
      case Question.TestConnection q -> {
        Answer.Tested tested = new TestPart(pipeline, parts).test(q.which());
        yield answered(tested.detail(), tested);
      }
      case Question.WarehouseServer _ -> {
        WarehouseServer server = parts.warehouse().server(pipeline);
        yield answered(
            server.product() + " " + server.version() + " answers",
            new Answer.WarehouseServer(server, parts.warehouses().inHome()));
      }
      case Question.Ledger q -> {
        List<LedgerEntry> entries = parts.warehouse().ledger(pipeline, Math.addExact(q.limit(), 1));
        boolean more = entries.size() > q.limit();
        yield answered(
            "%,d entries".formatted(Math.min(entries.size(), q.limit())),
            new Answer.Ledger(more ? entries.subList(0, q.limit()) : entries, more));
      }
      case Question.WarehouseRows q -> {
        Answer.Rows rows = askingWarehouse().rows(q, progress);
        yield answered(Count.of(rows.rows().size(), "row"), rows);
      }
      case Question.WarehousePlan q -> answered("the plan", askingWarehouse().plan(q));
      case Question.WarehouseExport q -> {
        Answer.Written written = askingWarehouse().export(q, progress);
        yield answered(Count.of(written.rows(), "row") + " in " + written.file(), written);
      }
      case Question.SaveRows q -> {
        Answer.Written written = new SaveRows(parquet()).answer(q, progress);
        yield answered(Count.of(written.rows(), "row") + " in " + written.file(), written);
      }
    };
  }

  private static Outcome answered(String summary, Answer answer) {
    return new Outcome.Answered(summary, answer);
  }

  private AskSql asking() {
    Map<String, Supplier<Lake>> lakes = new TreeMap<>();
    for (String name : new Pipelines(parts.home()).names()) {
      if (parts.lakes().has(name)) {
        lakes.put(name, () -> parts.lake(name));
      }
    }
    lakes.put(pipeline.name(), () -> lake);
    return new AskSql(pipeline.name(), lakes, parts.sql(), parts.home().scratch());
  }

  private ParquetFile parquet() {
    return new ParquetFile(parts.sql(), parts.home().scratch());
  }

  private AskWarehouse askingWarehouse() {
    return new AskWarehouse(parts.warehouse(), pipeline, parquet());
  }

  static Answer.Judged judge(Feed feed, byte[] value) {
    EventBatch one = new EventBatch(feed);
    return new Answer.Judged(
        switch (new EventDecoder(feed).decode(value, 0, value.length, one)) {
          case Verdict.Event _ -> Optional.empty();
          case Verdict.Refused refused ->
              Optional.of(
                  new Answer.EventFault(
                      refused.reason().name(), refused.detail(), refused.position()));
        });
  }

  private Feed feed(String name) {
    return pipeline
        .feed(name)
        .orElseThrow(
            () ->
                new MillraceException(
                    ErrorCode.USAGE,
                    pipeline.name() + " has no feed '" + name + "'",
                    "it has "
                        + String.join(", ", pipeline.feeds().stream().map(Feed::name).toList())));
  }
}
