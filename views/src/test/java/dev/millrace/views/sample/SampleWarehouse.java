package dev.millrace.views.sample;

import dev.millrace.engine.api.Answer;
import dev.millrace.engine.api.EngineSnapshot.LoadStatus;
import dev.millrace.engine.api.Outcome;
import dev.millrace.engine.api.Question;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.pipeline.WarehouseTable;
import dev.millrace.engine.quality.LoadHold;
import dev.millrace.engine.warehouse.LedgerEntry;
import dev.millrace.engine.warehouse.LoadPreview;
import dev.millrace.engine.warehouse.LoadPreview.Action;
import dev.millrace.engine.warehouse.LoadPreview.PartitionPreview;
import dev.millrace.engine.warehouse.LoadPreview.TablePreview;
import dev.millrace.engine.warehouse.Reconciliation;
import dev.millrace.engine.warehouse.Reconciliation.Figures;
import dev.millrace.engine.warehouse.Reconciliation.Kind;
import dev.millrace.engine.warehouse.Reconciliation.PartitionCheck;
import dev.millrace.engine.warehouse.Reconciliation.RowDifference;
import dev.millrace.engine.warehouse.Reconciliation.TableCheck;
import dev.millrace.engine.warehouse.Reconciliation.Verdict;
import dev.millrace.engine.warehouse.WarehouseServer;
import dev.millrace.views.sample.SampleEngine.Case;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// A made-up warehouse: some windows behind the lake, some changed by hand.
final class SampleWarehouse {

  private static final LocalDate TODAY = LocalDate.of(2026, 3, 20);
  private static final Outcome.Failed NO_ANSWER =
      new Outcome.Failed(
          ErrorCode.SERVICE,
          "The warehouse does not answer: Connection to db.acme.example:5432 refused. Check that the"
              + " hostname and port are correct and that the postmaster is accepting TCP/IP"
              + " connections",
          "check that it runs and that user and password are right");

  private final Case now;
  private final boolean full;
  private final List<WarehouseTable> tables;

  SampleWarehouse(Case now) {
    this.now = now;
    this.full = now == Case.OVERFULL;
    this.tables = SamplePipeline.definition(full ? 196 : 0).warehouse();
  }

  List<LoadStatus> loads(Instant at) {
    long k = full ? 40 : 1;
    List<LoadStatus> loads = new ArrayList<>();
    for (int i = 0; i < tables.size(); i++) {
      WarehouseTable table = tables.get(i);
      long rows =
          now == Case.FIRST_FLOW
              ? 0
              : switch (table.target()) {
                case "fact_sensor_5min" -> 26_208 * k;
                case "fact_location_hourly" -> 2_208 * k;
                case "fact_daily_summary" -> 12;
                case "dim_sensors" -> 96 * k;
                default -> 1_000L + i * 137L;
              };
      boolean behind = i < 2 || i % 7 == 5;
      loads.add(
          new LoadStatus(
              table.target(),
              table.from(),
              rows,
              now == Case.FIRST_FLOW ? Optional.empty() : Optional.of(at.minusSeconds(1_830)),
              now == Case.FIRST_FLOW
                  ? OptionalLong.empty()
                  : OptionalLong.of(411 - (behind ? 3 - i % 3 : 0))));
    }
    return loads;
  }

  Outcome preview() {
    if (now == Case.SERVICE_DOWN) {
      return NO_ANSWER;
    }
    if (now == Case.EMPTY || now == Case.FIRST_FLOW) {
      return new Outcome.Failed(
          ErrorCode.LAKE,
          "There is no gold.sensor_5min in the lake yet, from which fact_sensor_5min is loaded",
          "run the transform that builds gold.sensor_5min first");
    }
    List<TablePreview> previews = new ArrayList<>();
    for (int i = 0; i < tables.size(); i++) {
      previews.add(preview(tables.get(i), i));
    }
    LoadPreview preview = new LoadPreview(previews);
    return new Outcome.LoadPlanned(
        preview.summary(),
        preview,
        now == Case.FAILED
            ? Optional.of(
                LoadHold.of(
                    "building-sensors",
                    List.of(
                        "silver.readings failed expect_column_values_to_be_between (temperature)",
                        "1,204 rows of bronze.sensor_events in quarantine hold the load"),
                    true))
            : Optional.empty());
  }

  private TablePreview preview(WarehouseTable table, int number) {
    List<PartitionPreview> windows = new ArrayList<>();
    boolean news = number < 2 || number % 7 == 5;
    if (table instanceof WarehouseTable.Merge) {
      windows.add(
          new PartitionPreview(
              Optional.empty(), news ? Action.MERGE : Action.LEAVE, 0, 0, 0, 96, 0));
    } else {
      int days = full ? 60 : 14;
      for (int day = 0; day < days; day++) {
        Optional<LocalDate> date = Optional.of(TODAY.minusDays(day));
        long rows = number == 0 ? 1_872 : number == 1 ? 158 : 24;
        windows.add(
            news && day == 0
                ? new PartitionPreview(date, Action.INSERT, rows / 2, 0, 0, 0, rows * 41)
                : news && day < 3
                    ? new PartitionPreview(date, Action.REPLACE, rows + 12, 0, rows, 0, rows * 78)
                    : new PartitionPreview(date, Action.LEAVE, 0, 0, 0, rows, 0));
      }
    }
    List<Map<String, String>> sample = new ArrayList<>();
    for (int i = 0; news && i < 5; i++) {
      Map<String, String> row = new LinkedHashMap<>();
      row.put("sensor_id", "TMP-0%d01-A".formatted(i + 1));
      row.put("window_start", "2026-03-20T14:0%d:00Z".formatted(i));
      row.put("readings", Integer.toString(58 + i));
      row.put("mean", String.format(Locale.ENGLISH, "%.3f", 21.412 + i * 0.31));
      if (i != 2) {
        row.put("deviation", String.format(Locale.ENGLISH, "%.3f", 0.212 + i * 0.04));
      }
      row.put("location", "floor-%d/zone-1".formatted(i + 1));
      row.put("event_date", "2026-03-20");
      sample.add(row);
    }
    return new TablePreview(table.target(), table.from(), 412, false, List.of(), windows, sample);
  }

  Outcome reconcile() {
    if (now == Case.SERVICE_DOWN) {
      return NO_ANSWER;
    }
    List<TableCheck> checks = new ArrayList<>();
    for (int i = 0; i < tables.size(); i++) {
      WarehouseTable table = tables.get(i);
      List<PartitionCheck> windows = new ArrayList<>();
      int days = table instanceof WarehouseTable.Merge ? 1 : full ? 60 : 14;
      for (int day = 0; day < days; day++) {
        boolean merged = table instanceof WarehouseTable.Merge;
        long rows = merged ? 96 : i == 0 ? 1_872 : i == 1 ? 158 : 24;
        boolean behind = !merged && i < 2 && day == 0;
        boolean differs = (i == 0 && day == 4) || (i == 2 && day == 9);
        windows.add(
            new PartitionCheck(
                merged ? Optional.empty() : Optional.of(TODAY.minusDays(day)),
                behind ? Verdict.BEHIND : differs ? Verdict.DIFFERS : Verdict.EQUAL,
                new Figures(rows, "8412", Map.of("mean", rows * 21.4, "readings", rows * 60.0)),
                new Figures(
                    behind ? rows / 2 : differs ? rows - 1 : rows,
                    differs ? "77" : "8412",
                    Map.of(
                        "mean",
                        rows * 21.4 - (differs ? 8.25 : 0),
                        "readings",
                        rows * 60.0 - (differs ? 60 : 0))),
                differs ? 3 : 0,
                merged ? 2 : 0,
                differs ? differences(TODAY.minusDays(day)) : List.of()));
      }
      checks.add(new TableCheck(table.target(), table.from(), 412, windows));
    }
    Reconciliation found = new Reconciliation(checks);
    return new Outcome.Reconciled(found.summary(), found);
  }

  private static List<RowDifference> differences(LocalDate day) {
    return List.of(
        new RowDifference(
            Kind.CHANGED, Map.of("sensor_id", "TMP-0304-A", "window_start", day + "T10:05:00Z")),
        new RowDifference(
            Kind.MISSING, Map.of("sensor_id", "HUM-0102-A", "window_start", day + "T10:10:00Z")),
        new RowDifference(
            Kind.EXTRA, Map.of("sensor_id", "by-hand", "window_start", day + "T00:00:00Z")));
  }

  Outcome server() {
    if (now == Case.SERVICE_DOWN) {
      return NO_ANSWER;
    }
    return new Outcome.Answered(
        "answers",
        new Answer.WarehouseServer(
            new WarehouseServer(
                "PostgreSQL",
                "17.11",
                "127.0.0.1:45678/millrace",
                "millrace",
                false,
                "building_sensors",
                now != Case.EMPTY,
                Duration.ofMillis(14),
                Duration.ofNanos(420_000)),
            true));
  }

  Outcome ledger(Question.Ledger asked, Instant at) {
    if (now == Case.SERVICE_DOWN) {
      return NO_ANSWER;
    }
    int most = now == Case.EMPTY ? 0 : full ? 12_000 : 132;
    List<LedgerEntry> entries = new ArrayList<>();
    for (int i = 0; i < Math.min(asked.limit(), most); i++) {
      WarehouseTable table = tables.get(i % tables.size());
      long load = most / tables.size() - (long) i / tables.size();
      long written = i % 5 == 3 ? 0 : 400 + (i * 7_919L) % 1_600;
      entries.add(
          new LedgerEntry(
              load,
              table.target(),
              table.from().toString(),
              411 - i / tables.size(),
              written,
              i % 3 == 1 ? written * 3 / 4 : 0,
              26_208 - i * 12L,
              at.minusSeconds(1_830 + (long) i / tables.size() * 3_600L)));
    }
    return new Outcome.Answered("entries", new Answer.Ledger(entries, most > asked.limit()));
  }

  Outcome rows(Question.WarehouseRows asked) {
    if (now == Case.SERVICE_DOWN) {
      return NO_ANSWER;
    }
    if (asked.sql().contains("DELETE")) {
      return new Outcome.Failed(
          ErrorCode.SQL,
          "ERROR: syntax error at or near \"DELETE\", line 1: DELETE FROM dim_sensors",
          "mend the SQL: one SELECT over the warehouse's tables; nothing was changed");
    }
    List<List<Object>> rows = new ArrayList<>();
    for (WarehouseTable table : tables) {
      rows.add(
          List.of(
              table.target(),
              table.from().toString(),
              33L,
              26_208L,
              SampleEngine.START.minusSeconds(1_830)));
    }
    return new Outcome.Answered(
        "rows",
        new Answer.Rows(
            List.of(
                new Answer.QueryColumn("target", "VARCHAR"),
                new Answer.QueryColumn("source", "VARCHAR"),
                new Answer.QueryColumn("loads", "BIGINT"),
                new Answer.QueryColumn("rows_written", "BIGINT"),
                new Answer.QueryColumn("last_load", "TIMESTAMP WITH TIME ZONE")),
            rows,
            false,
            Duration.ofMillis(9)));
  }
}
