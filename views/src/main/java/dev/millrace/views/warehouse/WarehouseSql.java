package dev.millrace.views.warehouse;

import dev.millrace.engine.api.EngineSnapshot.PipelineStatus;
import dev.millrace.engine.api.Question;
import dev.millrace.engine.api.Question.FileForm;
import dev.millrace.engine.pipeline.WarehouseTable;
import dev.millrace.views.lake.SqlSource;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// SQL over the warehouse's tables, in the warehouse's own words.
record WarehouseSql() implements SqlSource {

  @Override
  public String name() {
    return "warehouse";
  }

  @Override
  public String first() {
    return """
    SELECT target, source, count(*) AS loads,
           CAST(sum(written) AS bigint) AS rows_written, max(loaded_at) AS last_load
    FROM millrace_ledger
    GROUP BY target, source
    ORDER BY target""";
  }

  @Override
  public List<String> tables(PipelineStatus status) {
    return Stream.concat(
            status.definition().warehouse().stream().map(WarehouseTable::target),
            Stream.of("millrace_ledger"))
        .toList();
  }

  @Override
  public boolean travels() {
    return false;
  }

  @Override
  public List<FileForm> forms() {
    return List.of(FileForm.values());
  }

  @Override
  public Question rows(String sql, Optional<Instant> asOf, int limit) {
    return new Question.WarehouseRows(sql, limit);
  }

  @Override
  public Question plan(String sql, Optional<Instant> asOf) {
    return new Question.WarehousePlan(sql);
  }

  @Override
  public Question export(String sql, Optional<Instant> asOf, FileForm form, Path to) {
    return new Question.WarehouseExport(sql, form, to);
  }
}
