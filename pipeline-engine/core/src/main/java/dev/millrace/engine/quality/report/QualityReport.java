package dev.millrace.engine.quality.report;

import dev.millrace.engine.model.TableName;
import dev.millrace.engine.quality.Consequence;
import dev.millrace.engine.quality.ExpectationResult;
import dev.millrace.engine.quality.ValidationRecord;
import dev.millrace.engine.quality.history.TableHistory;
import dev.millrace.engine.quality.quarantine.KeptCount;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A quality report, before it is laid out.
///
/// @param pipelineTitle the pipeline's one line for people
/// @param demo whether data of the demo is in it
/// @param tables at least one, those with the gravest consequence first
public record QualityReport(
    String pipeline,
    String pipelineTitle,
    ReportSubject subject,
    Instant madeAt,
    boolean demo,
    List<TableReport> tables) {

  public QualityReport {
    tables = List.copyOf(tables);
  }

  /// One table in it, as the last validation found it.
  ///
  /// @param lineage where the judged rows came from; empty when the lake no longer tells
  /// @param anomalies readings by type and place, the most anomalies first; empty when the table
  ///   does not tell anomalies
  /// @param kept rows in quarantine after that validation, by state and reasons
  /// @param judgings of the time the report is of
  public record TableReport(
      ValidationRecord record,
      List<ExpectationResult> results,
      TableHistory history,
      Optional<Lineage> lineage,
      List<Anomalies> anomalies,
      List<KeptCount> kept,
      Judgings judgings) {

    public TableReport {
      results = List.copyOf(results);
      anomalies = List.copyOf(anomalies);
      kept = List.copyOf(kept);
    }

    /// Of a table that was judged once.
    public TableReport(
        ValidationRecord record,
        List<ExpectationResult> results,
        TableHistory history,
        Optional<Lineage> lineage,
        List<Anomalies> anomalies,
        List<KeptCount> kept) {
      this(record, results, history, lineage, anomalies, kept, Judgings.of(List.of(record)));
    }

    public TableName table() {
      return record.table();
    }

    /// Whether every validation met every expectation.
    public boolean success() {
      return judgings.failed() == 0;
    }

    public List<ExpectationResult> failed() {
      return results.stream()
          .filter(r -> !r.success())
          .sorted(
              java.util.Comparator.comparing((ExpectationResult r) -> r.config().consequence())
                  .reversed())
          .toList();
    }

    public List<ExpectationResult> met() {
      return results.stream().filter(ExpectationResult::success).toList();
    }
  }

  /// Where judged rows came from.
  ///
  /// @param bytes size of the live files
  /// @param sources versions of the tables it was built from
  /// @param someFiles names of files, the largest first, at most 8
  public record Lineage(
      long version,
      Instant committedAt,
      String operation,
      long rows,
      int files,
      long bytes,
      Map<String, Long> sources,
      List<String> someFiles,
      Optional<Run> run) {
    public Lineage {
      sources = new java.util.TreeMap<>(sources);
      someFiles = List.copyOf(someFiles);
    }
  }

  /// The flow run a validation was part of.
  public record Run(long id, String flow, String state, Instant startedAt) {}

  /// Readings of one type in one place, and how many of them are anomalies.
  public record Anomalies(String kind, String place, long readings, long anomalies) {
    public double percent() {
      return readings == 0 ? 0 : 100.0 * anomalies / readings;
    }
  }

  /// Expectations that the last validations met.
  public int passed() {
    return tables.stream().mapToInt(t -> t.record().passed()).sum();
  }

  public int total() {
    return tables.stream().mapToInt(t -> t.record().total()).sum();
  }

  /// Share of expectations that the last validations met, 0 to 100.
  public double percent() {
    return total() == 0 ? 100 : 100.0 * passed() / total();
  }

  /// The gravest consequence of what was not met in any validation.
  public Consequence worst() {
    return tables.stream()
        .map(t -> t.judgings().worst())
        .max(Enum::compareTo)
        .orElse(Consequence.RECORD);
  }

  /// Whether every validation met every expectation.
  public boolean success() {
    return tables.stream().allMatch(TableReport::success);
  }

  /// The gravest consequence of what the last validations did not meet.
  public Consequence worstAtLast() {
    return tables.stream()
        .map(t -> t.record().worst())
        .max(Enum::compareTo)
        .orElse(Consequence.RECORD);
  }

  /// Whether the last validations met every expectation.
  public boolean successAtLast() {
    return tables.stream().allMatch(t -> t.record().success());
  }

  /// Validations that it is about.
  public int judged() {
    return tables.stream().mapToInt(t -> t.judgings().times()).sum();
  }

  /// Those of them that did not meet every expectation.
  public int judgedBad() {
    return tables.stream().mapToInt(t -> t.judgings().failed()).sum();
  }
}
