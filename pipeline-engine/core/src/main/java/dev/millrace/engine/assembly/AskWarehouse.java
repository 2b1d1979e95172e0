package dev.millrace.engine.assembly;

import dev.millrace.engine.api.Answer;
import dev.millrace.engine.api.Question;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.warehouse.RowReader;
import dev.millrace.engine.warehouse.Warehouse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Runs a person's queries in the warehouse, each on a connection of its own. Any thread may call.
///
/// @param parquet what writes Parquet files
record AskWarehouse(Warehouse warehouse, Pipeline pipeline, ParquetFile parquet) {

  Answer.Rows rows(Question.WarehouseRows asked, Progress progress) {
    long begun = System.nanoTime();
    Kept kept = new Kept();
    // One row more tells whether there are more.
    warehouse.query(pipeline, asked.sql(), Math.addExact(asked.limit(), 1), kept, progress);
    boolean more = kept.rows.size() > asked.limit();
    return new Answer.Rows(
        told(kept.columns),
        Collections.unmodifiableList(more ? kept.rows.subList(0, asked.limit()) : kept.rows),
        more,
        since(begun));
  }

  Answer.Plan plan(Question.WarehousePlan asked) {
    return new Answer.Plan(
        String.join(System.lineSeparator(), warehouse.plan(pipeline, asked.sql())));
  }

  Answer.Written export(Question.WarehouseExport asked, Progress progress) {
    return ExportFile.write(
        asked.to(),
        file ->
            switch (asked.form()) {
              case CSV ->
                  CsvFile.write(
                      file,
                      progress,
                      csv -> warehouse.query(pipeline, asked.sql(), 0, new Writes(csv), progress));
              case PARQUET -> parquet(asked.sql(), file, progress);
            });
  }

  private long parquet(String sql, Path file, Progress progress) throws IOException {
    List<RowReader.QueryColumn> columns = new ArrayList<>();
    return parquet.write(
        file,
        () -> told(columns),
        progress,
        rows -> warehouse.query(pipeline, sql, 0, new Hands(columns, rows), progress));
  }

  private static List<Answer.QueryColumn> told(List<RowReader.QueryColumn> columns) {
    return columns.stream().map(c -> new Answer.QueryColumn(c.name(), c.type())).toList();
  }

  private static Duration since(long begun) {
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  private static final class Kept implements RowReader {

    private List<QueryColumn> columns = List.of();
    private final List<List<Object>> rows = new ArrayList<>();

    @Override
    public void columns(List<QueryColumn> told) {
      columns = told;
    }

    @Override
    public void row(List<Object> values) {
      rows.add(values);
    }
  }

  private record Hands(List<QueryColumn> columns, ParquetFile.Rows rows) implements RowReader {

    @Override
    public void columns(List<QueryColumn> told) {
      columns.addAll(told);
    }

    @Override
    public void row(List<Object> values) {
      rows.row(values);
    }
  }

  private record Writes(CsvFile csv) implements RowReader {

    @Override
    public void columns(List<QueryColumn> columns) {
      csv.head(columns.stream().map(QueryColumn::name).toList());
    }

    @Override
    public void row(List<Object> values) {
      csv.row(values);
    }
  }
}
