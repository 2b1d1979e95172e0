package dev.millrace.engine.api;

import dev.millrace.engine.deadletter.LetterFilter;
import dev.millrace.engine.model.TableName;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a person looks up, as {@link Command.Ask}. Nothing of the pipeline is changed by it.
///
/// SQL names tables as `millrace table sql` does: `silver_readings`, or `retail.silver_sales` of
/// another pipeline, with `VERSION AS OF` or `TIMESTAMP AS OF` behind it for an earlier version. It
/// is one SELECT; anything else is refused. A query under way is cancelled with its work.
public sealed interface Question {

  /// Everything about one table; answered by {@link Answer.AboutTable}.
  ///
  /// @param versions at most this many of the newest
  /// @param files at most this many of the largest
  record AboutTable(TableName table, int versions, int files) implements Question {}

  /// Rows of a query; answered by {@link Answer.Rows}.
  ///
  /// @param asOf time all tables are read as of; empty for now
  /// @param limit at most this many rows, from 1
  record Rows(String sql, Optional<Instant> asOf, int limit) implements Question {}

  /// How the engine would run a query; answered by {@link Answer.Plan}.
  record Plan(String sql, Optional<Instant> asOf) implements Question {}

  /// Writes all rows of a query into one file, in place of an earlier one; answered by {@link
  /// Answer.Written}.
  record Export(String sql, Optional<Instant> asOf, FileForm form, Path to) implements Question {}

  /// Whether bytes are an event of a feed; answered by {@link Answer.Judged}.
  record Judge(String feed, byte[] value) implements Question {}

  /// How many dead letters were seen when; answered by {@link Answer.LetterTrend}.
  ///
  /// @param buckets into so many equal stretches from the one time to the other
  record LetterTrend(LetterFilter filter, Instant from, Instant to, int buckets)
      implements Question {}

  /// Runs of the pipeline's flows from the newest back; answered by {@link Answer.PastRuns}.
  record PastRuns(int limit) implements Question {}

  /// The settings in force and where each comes from; answered by {@link Answer.Setup}.
  record Setup() implements Question {}

  /// Whether a part that the engine depends on answers now; answered by {@link Answer.Tested}.
  record TestConnection(Connection which) implements Question {}

  /// Who answers as the warehouse; answered by {@link Answer.WarehouseServer}.
  record WarehouseServer() implements Question {}

  /// What loads did; answered by {@link Answer.Ledger}.
  ///
  /// @param limit at most this many of the newest entries
  record Ledger(int limit) implements Question {}

  /// Rows of a SELECT in the warehouse's own SQL; answered by {@link Answer.Rows}. The pipeline's
  /// tables need no schema.
  ///
  /// @param limit at most this many rows, from 1
  record WarehouseRows(String sql, int limit) implements Question {}

  /// How the warehouse would run a SELECT; answered by {@link Answer.Plan}.
  record WarehousePlan(String sql) implements Question {}

  /// Writes all rows of a SELECT in the warehouse into one file, in place of an earlier one;
  /// answered by {@link Answer.Written}.
  record WarehouseExport(String sql, FileForm form, Path to) implements Question {}

  /// Writes rows at hand into one file, in place of an earlier one; answered by {@link
  /// Answer.Written}.
  ///
  /// @param columns types in standard SQL's words, as {@link Answer.Rows} of the warehouse have
  /// @param rows values by column, as {@link Answer.Rows} has them; not changed meanwhile
  record SaveRows(List<Answer.QueryColumn> columns, List<List<Object>> rows, FileForm form, Path to)
      implements Question {
    public SaveRows {
      columns = List.copyOf(columns);
    }

    /// What it is about, without the rows.
    @Override
    public String toString() {
      return "SaveRows[" + rows.size() + " rows to " + to + "]";
    }
  }

  /// Forms of an exported file.
  enum FileForm {
    /// RFC 4180 with a header line, UTF-8; times as ISO-8601 in UTC, no value as nothing.
    CSV,
    /// zstd, columns typed as the query's.
    PARQUET
  }

  /// Parts that the engine depends on.
  enum Connection {
    KAFKA("Kafka"),
    DATABASE("the database"),
    WAREHOUSE("the warehouse"),
    LAKE("the lake"),
    SPARK("Spark");

    private final String title;

    Connection(String title) {
      this.title = title;
    }

    public String title() {
      return title;
    }
  }
}
