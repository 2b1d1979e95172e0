package dev.millrace.app.cli;

import dev.millrace.engine.api.Answer;
import dev.millrace.engine.api.Command.Ask;
import dev.millrace.engine.api.Command.Load;
import dev.millrace.engine.api.Command.MendWarehouse;
import dev.millrace.engine.api.Command.PreviewLoad;
import dev.millrace.engine.api.Command.Reconcile;
import dev.millrace.engine.api.Outcome;
import dev.millrace.engine.api.Question;
import dev.millrace.engine.warehouse.LoadPreview;
import dev.millrace.engine.warehouse.Reconciliation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `millrace warehouse preview|load|reconcile|sql`: the Gold tables to the warehouse.
@Command(
    name = "warehouse",
    description =
        "Load the warehouse, see what a load would do, compare it with the lake, query it.")
final class WarehouseCommand {

  @ParentCommand private Millrace millrace;

  @Command(
      name = "preview",
      description =
          "What a load would insert, replace, delete and leave, per table and partition, and whether quality holds it; changes nothing.")
  int preview(
      @Parameters(paramLabel = "PIPELINE", description = "Name of the pipeline.") String pipeline) {
    try (Session session = Session.open(millrace, pipeline)) {
      Outcome.LoadPlanned planned =
          session.perform(new PreviewLoad(pipeline), Outcome.LoadPlanned.class);
      LoadPreview preview = planned.preview();
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("summary", planned.summary());
      object.put("changes", preview.changes());
      object.put("held", planned.hold().isPresent());
      planned
          .hold()
          .ifPresent(
              hold ->
                  object.put("hold", Map.of("reasons", hold.reasons(), "remedy", hold.remedy())));
      object.put("tables", preview.tables().stream().map(WarehouseText::object).toList());
      millrace.output().result(object, WarehouseText.lines(preview, planned.hold()));
      return 0;
    }
  }

  @Command(
      name = "load",
      description =
          "Load what changed since the last load, all tables in one transaction; safe to repeat.")
  int load(
      @Parameters(paramLabel = "PIPELINE", description = "Name of the pipeline.") String pipeline) {
    try (Session session = Session.open(millrace, pipeline)) {
      return session.run(new Load(pipeline), "rows");
    }
  }

  @Command(
      name = "reconcile",
      description = {
        "Compare lake and warehouse by counts, sums and a checksum of every row, per partition.",
        "Ends with 1 when rows that were loaded are no longer what was loaded."
      })
  int reconcile(
      @Parameters(paramLabel = "PIPELINE", description = "Name of the pipeline.") String pipeline,
      @Option(
              names = "--mend",
              description =
                  "Load the partitions that differ again, and what is new; then compare once more.")
          boolean mend) {
    try (Session session = Session.open(millrace, pipeline)) {
      Outcome.Reconciled found = session.perform(new Reconcile(pipeline), Outcome.Reconciled.class);
      List<String> lines = new ArrayList<>(WarehouseText.lines(found.reconciliation()));
      Map<String, Object> object = new LinkedHashMap<>(object(found));
      boolean differs = found.reconciliation().differs();
      if (mend && differs) {
        Outcome.Done mended = session.perform(new MendWarehouse(pipeline));
        Outcome.Reconciled after =
            session.perform(new Reconcile(pipeline), Outcome.Reconciled.class);
        differs = after.reconciliation().differs();
        lines.add(mended.summary());
        lines.add(after.summary());
        object.put("mended", mended.summary());
        object.put("after", object(after));
      }
      millrace.output().result(object, lines);
      return differs ? 1 : 0;
    }
  }

  @Command(
      name = "sql",
      description = {
        "Run a SELECT in the warehouse, over the pipeline's tables; nothing can be changed by it.",
        "The SQL is the warehouse's own."
      })
  int sql(
      @Parameters(paramLabel = "PIPELINE", description = "Name of the pipeline.") String pipeline,
      @Parameters(paramLabel = "SQL", description = "A SELECT, for example over dim_sensors.")
          String sql,
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "10000",
              description = "At most so many rows (default: ${DEFAULT-VALUE}).")
          int limit) {
    var _ = Given.atLeastOne("--limit", limit);
    try (Session session = Session.open(millrace, pipeline)) {
      Outcome.Answered answered =
          session.perform(
              new Ask(pipeline, new Question.WarehouseRows(sql, limit)), Outcome.Answered.class);
      if (!(answered.answer() instanceof Answer.Rows rows)) {
        throw new IllegalStateException("no rows but " + answered.answer());
      }
      millrace.output().table("rows", WarehouseText.rows(rows));
      return 0;
    }
  }

  private static Map<String, Object> object(Outcome.Reconciled found) {
    Reconciliation reconciliation = found.reconciliation();
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("summary", found.summary());
    object.put("differs", reconciliation.differs());
    object.put("behind", reconciliation.behind());
    object.put("tables", reconciliation.tables().stream().map(WarehouseText::object).toList());
    return object;
  }
}
