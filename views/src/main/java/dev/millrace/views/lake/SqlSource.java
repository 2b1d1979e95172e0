package dev.millrace.views.lake;

import dev.millrace.engine.api.EngineSnapshot.PipelineStatus;
import dev.millrace.engine.api.Question;
import dev.millrace.engine.api.Question.FileForm;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a person's SQL runs over. Any thread may call.
public interface SqlSource {

  /// Name that what is remembered of its queries has.
  String name();

  /// The query a person begins with.
  String first();

  /// Names of its tables in SQL.
  List<String> tables(PipelineStatus status);

  /// Whether tables can be read as of an earlier time.
  boolean travels();

  /// Forms of file that rows can be exported in.
  List<FileForm> forms();

  /// @param asOf empty for now, and always when it does not travel
  Question rows(String sql, Optional<Instant> asOf, int limit);

  /// @param asOf as for rows
  Question plan(String sql, Optional<Instant> asOf);

  /// @param asOf as for rows
  Question export(String sql, Optional<Instant> asOf, FileForm form, Path to);
}
