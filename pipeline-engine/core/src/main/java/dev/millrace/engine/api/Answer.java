package dev.millrace.engine.api;

import dev.millrace.engine.flow.FlowRun;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.warehouse.LedgerEntry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a {@link Question} is answered with.
public sealed interface Answer {

  /// Everything about one table.
  ///
  /// @param key columns that name a row; empty when the definition says none
  /// @param kept how long rows are kept; empty is for ever
  /// @param columns what the files' statistics say of the columns, by name
  /// @param history newest first
  /// @param files largest first
  /// @param sizes sizes of all live files in bytes, smallest first
  /// @param builtFrom per source table the version it was built from
  record AboutTable(
      TableName table,
      long version,
      Instant committedAt,
      Schema schema,
      Optional<String> partition,
      List<String> key,
      Optional<Duration> kept,
      Map<String, ColumnFacts> columns,
      List<Version> history,
      List<DataFile> files,
      List<Long> sizes,
      Map<String, Long> builtFrom)
      implements Answer {
    public AboutTable {
      key = List.copyOf(key);
      columns = Map.copyOf(columns);
      history = List.copyOf(history);
      files = List.copyOf(files);
      sizes = List.copyOf(sizes);
      builtFrom = Map.copyOf(builtFrom);
    }
  }

  /// What is known of a column without reading it.
  ///
  /// @param least smallest value or a bound of it, as people read it; empty when unknown
  /// @param nulls rows without a value; -1 when unknown
  record ColumnFacts(Optional<String> least, Optional<String> greatest, long nulls) {}

  /// One entry of a table's history.
  ///
  /// @param effect what it did to files and rows; empty when its writer did not say
  record Version(
      long version, Instant at, String operation, String engine, Optional<Effect> effect) {}

  /// Files that came and went, and the rows in them.
  record Effect(long filesAdded, long filesRemoved, long rowsAdded, long rowsRemoved) {}

  /// One data file.
  ///
  /// @param name without its folder
  record DataFile(String name, Optional<LocalDate> partition, long rows, long bytes) {}

  /// Rows of a query, values by column: String, Boolean, Integer, Long, Double, BigDecimal,
  /// BigInteger, Instant, LocalDate, byte[] or null; what is nested as JSON text, other types as
  /// text.
  ///
  /// @param more whether there are rows beyond these
  /// @param took time until the last of these was read
  record Rows(List<QueryColumn> columns, List<List<Object>> rows, boolean more, Duration took)
      implements Answer {
    public Rows {
      columns = List.copyOf(columns);
    }
  }

  /// @param type the engine's own name of the type, for example `DECIMAL(18,3)`
  record QueryColumn(String name, String type) {}

  /// @param text lines of fixed width
  record Plan(String text) implements Answer {}

  record Written(Path file, long rows, long bytes, Duration took) implements Answer {}

  /// @param fault why the bytes are no event; empty when they are one
  record Judged(Optional<EventFault> fault) implements Answer {}

  /// @param reason name of a reason, as dead letters have
  /// @param detail one sentence without a full stop
  /// @param position byte from 0
  record EventFault(String reason, String detail, long position) {}

  /// @param seen per reason how many in each stretch, oldest first
  record LetterTrend(Instant from, Instant to, Map<String, long[]> seen) implements Answer {
    public LetterTrend {
      seen = Map.copyOf(seen);
    }
  }

  /// @param runs newest first
  /// @param more whether there are older ones
  record PastRuns(List<FlowRun> runs, boolean more) implements Answer {
    public PastRuns {
      runs = List.copyOf(runs);
    }
  }

  record Setup(List<SettingValue> values) implements Answer {
    public Setup {
      values = List.copyOf(values);
    }
  }

  /// One setting in force. Secrets are never in it.
  ///
  /// @param group for example `Lake`
  /// @param key as it stands in its file, for example `lake.location`; empty for what no file says
  /// @param origin where it comes from, for example `default` or `settings.yaml`
  /// @param meaning one sentence for people
  record SettingValue(String group, String key, String value, String origin, String meaning) {}

  /// @param detail what answered, or what is wrong
  /// @param remedy what to do about it; empty when it answered
  record Tested(
      Question.Connection which, boolean answers, String detail, String remedy, Duration took)
      implements Answer {}

  /// @param inHome whether it is the home's own database
  record WarehouseServer(dev.millrace.engine.warehouse.WarehouseServer server, boolean inHome)
      implements Answer {}

  /// @param entries newest first
  /// @param more whether there are older ones
  record Ledger(List<LedgerEntry> entries, boolean more) implements Answer {
    public Ledger {
      entries = List.copyOf(entries);
    }
  }
}
