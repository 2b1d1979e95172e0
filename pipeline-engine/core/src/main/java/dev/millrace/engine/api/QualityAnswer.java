package dev.millrace.engine.api;

import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.SuiteSource;
import dev.millrace.engine.quality.LoadHold;
import dev.millrace.engine.quality.ValidationResult;
import dev.millrace.engine.quality.history.TableHistory;
import dev.millrace.engine.quality.profile.Profile;
import dev.millrace.engine.quality.quarantine.KeptCount;
import dev.millrace.engine.quality.quarantine.KeptRow;
import dev.millrace.engine.quality.report.QualityReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/// What became of a {@link QualityOrder}.
public sealed interface QualityAnswer {

  /// @param kept whether it stands in the history now
  record Judged(ValidationResult validation, boolean kept) implements QualityAnswer {}

  /// @param rows the newest of them
  /// @param events that a discard of the open ones would take out of Bronze, where that was asked
  record Kept(List<KeptCount> counts, List<KeptRow> rows, OptionalLong events)
      implements QualityAnswer {
    public Kept {
      counts = List.copyOf(counts);
      rows = List.copyOf(rows);
    }

    /// Of events nothing was asked.
    public Kept(List<KeptCount> counts, List<KeptRow> rows) {
      this(counts, rows, OptionalLong.empty());
    }
  }

  /// @param rows that were changed, by table
  /// @param events that were taken out of Bronze
  /// @param judgedAgain tables judged after it
  /// @param hold what holds the load now; empty when nothing does
  record Changed(
      Map<TableName, Long> rows,
      long events,
      List<ValidationResult> judgedAgain,
      Optional<LoadHold> hold)
      implements QualityAnswer {
    public Changed {
      rows = new TreeMap<>(rows);
      judgedAgain = List.copyOf(judgedAgain);
    }

    /// Without a change of Bronze.
    public Changed(
        Map<TableName, Long> rows, List<ValidationResult> judgedAgain, Optional<LoadHold> hold) {
      this(rows, 0, judgedAgain, hold);
    }
  }

  /// @param suite by which the table is judged from now on; empty when it has none
  /// @param hold what holds the load now; empty when nothing does
  record InForce(TableName table, Optional<SuiteSource> suite, Optional<LoadHold> hold)
      implements QualityAnswer {}

  /// One of each table.
  record Histories(List<TableHistory> tables) implements QualityAnswer {
    public Histories {
      tables = List.copyOf(tables);
    }
  }

  record Profiled(Profile profile) implements QualityAnswer {}

  record Reported(QualityReport report) implements QualityAnswer {}

  /// @param bytes size of the file
  record Written(Path to, long bytes) implements QualityAnswer {}
}
