package dev.millrace.views.lake;

import dev.millrace.engine.api.EngineSnapshot.PipelineStatus;
import dev.millrace.engine.api.Question;
import dev.millrace.engine.api.Question.FileForm;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// SQL over the tables of the lake, at any of their versions.
record LakeSql() implements SqlSource {

  @Override
  public String name() {
    return "lake";
  }

  @Override
  public String first() {
    return """
    SELECT date_trunc('hour', event_time) AS hour, sensor_type,
           count(*) AS readings, round(avg(value), 3) AS mean,
           count(*) FILTER (WHERE is_anomaly) AS anomalies
    FROM silver_readings
    GROUP BY hour, sensor_type
    ORDER BY hour, sensor_type""";
  }

  @Override
  public List<String> tables(PipelineStatus status) {
    return status.tables().stream().map(table -> LakeViewModel.view(table.table())).toList();
  }

  @Override
  public boolean travels() {
    return true;
  }

  @Override
  public List<FileForm> forms() {
    return List.of(FileForm.values());
  }

  @Override
  public Question rows(String sql, Optional<Instant> asOf, int limit) {
    return new Question.Rows(sql, asOf, limit);
  }

  @Override
  public Question plan(String sql, Optional<Instant> asOf) {
    return new Question.Plan(sql, asOf);
  }

  @Override
  public Question export(String sql, Optional<Instant> asOf, FileForm form, Path to) {
    return new Question.Export(sql, asOf, form, to);
  }
}
