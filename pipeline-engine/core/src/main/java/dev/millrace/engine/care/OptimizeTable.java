package dev.millrace.engine.care;

import dev.millrace.engine.care.CareOrder.Optimize;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.LakeCommit;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeSnapshot;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.transform.CancelWatch;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.SqlSession;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Lays a table's rows out in fewer files of a good size, by partition, and in Z-order when asked.
///
/// The rows stay what they are: the commits say so, and readers of changes see nothing. The stream
/// may go on appending. Groups are written one after another and committed from time to time, so
/// that what was done stands when the work is cancelled.
final class OptimizeTable {

  /// A file of this share of the target is left alone.
  private static final double GOOD_SHARE = 0.75;

  private static final long COMMIT_BYTES = 1L << 30;
  private static final String VIEW = "care_rows";

  private final LakeTable table;
  private final SqlEngine sql;
  private final Optimize order;

  OptimizeTable(LakeTable table, SqlEngine sql, Optimize order) {
    this.table = table;
    this.sql = sql;
    this.order = order;
    requireColumns();
    if (order.targetBytes() < 1) {
      throw new MillraceException(
          ErrorCode.USAGE, "A file of no bytes is no target", "say for example --target-mb 128");
    }
  }

  /// Files that become one, or few.
  private record Group(Optional<LocalDate> partition, List<LakeFile> files) {}

  CareFinding preview() {
    LakeSnapshot now = table.snapshot();
    List<Group> groups = groups(now);
    long filesIn = groups.stream().mapToLong(g -> g.files().size()).sum();
    long filesOut =
        groups.stream()
            .mapToLong(g -> Math.ceilDiv(ExchangeFiles.bytes(g.files()), order.targetBytes()))
            .sum();
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("files", (long) now.files().size());
    counts.put("files to rewrite", filesIn);
    counts.put(
        "bytes to rewrite", groups.stream().mapToLong(g -> ExchangeFiles.bytes(g.files())).sum());
    counts.put("files after, about", now.files().size() - filesIn + filesOut);
    return new CareFinding(table.name(), now.version(), counts);
  }

  CareFinding run(Progress progress) {
    LakeSnapshot before = table.snapshot();
    List<Group> groups = groups(before);
    long total = groups.stream().mapToLong(g -> ExchangeFiles.rows(g.files())).sum();
    Pending pending = new Pending();
    long done = 0;
    try (SqlSession session = sql.session();
        CancelWatch _ = CancelWatch.over(session, progress, table.name().toString())) {
      for (Group group : groups) {
        progress.report("optimize " + table.name(), done, total);
        if (progress.cancelled()) {
          break;
        }
        pending.add(group.files(), write(session, group));
        done += ExchangeFiles.rows(group.files());
        if (pending.bytes >= COMMIT_BYTES) {
          pending.land();
        }
      }
    } finally {
      pending.land();
    }
    progress.report("optimize " + table.name(), done, total);
    LakeSnapshot after = table.snapshot();
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("files before", (long) before.files().size());
    counts.put("files after", (long) after.files().size());
    counts.put("bytes before", before.bytes());
    counts.put("bytes after", after.bytes());
    counts.put("files rewritten", pending.replaced);
    counts.put("rows rewritten", pending.rows);
    counts.put("groups left to other writers", pending.lost);
    return new CareFinding(table.name(), after.version(), counts);
  }

  /// Written and not yet committed.
  private final class Pending {
    private final List<LakeFile> old = new ArrayList<>();
    private final List<LakeFile> anew = new ArrayList<>();
    private long bytes;
    private long replaced;
    private long rows;
    private long lost;

    void add(List<LakeFile> from, List<LakeFile> to) {
      old.addAll(from);
      anew.addAll(to);
      bytes += ExchangeFiles.bytes(to);
    }

    void land() {
      if (old.isEmpty()) {
        return;
      }
      boolean landed =
          new ExchangeFiles(table)
              .land(old, anew, _ -> LakeCommit.rearranging("OPTIMIZE", anew, old))
              .isPresent();
      if (landed) {
        replaced += old.size();
        rows += ExchangeFiles.rows(anew);
      } else {
        lost++;
      }
      old.clear();
      anew.clear();
      bytes = 0;
    }
  }

  private List<LakeFile> write(SqlSession session, Group group) {
    session.view(VIEW, table.schema(), group.files());
    String query =
        order.zOrder().isEmpty()
            ? "SELECT " + Sql.columns(table.schema()) + " FROM " + VIEW
            : ZOrder.query(VIEW, table.schema(), order.zOrder());
    List<LakeFile> written =
        session
            .writeInOrder(
                query,
                table.schema(),
                ExchangeFiles.rowsOf(order.targetBytes(), group.files()),
                table.dataFolder(group.partition()))
            .stream()
            .map(file -> in(group.partition(), file))
            .toList();
    new ExchangeFiles(table).requireRows(ExchangeFiles.rows(group.files()), written);
    return written;
  }

  static LakeFile in(Optional<LocalDate> partition, LakeFile file) {
    return new LakeFile(file.path(), file.rows(), file.bytes(), partition, file.statistics());
  }

  private List<Group> groups(LakeSnapshot snapshot) {
    Map<Optional<LocalDate>, List<LakeFile>> byPartition = new LinkedHashMap<>();
    for (LakeFile file : snapshot.files()) {
      if (meant(file)) {
        byPartition.computeIfAbsent(file.partitionValue(), _ -> new ArrayList<>()).add(file);
      }
    }
    List<Group> groups = new ArrayList<>();
    byPartition.forEach(
        (partition, files) -> {
          if (!order.zOrder().isEmpty()) {
            groups.add(new Group(partition, files));
          } else {
            groups.addAll(merged(partition, files));
          }
        });
    return groups;
  }

  /// Small files, in the order they came, as many together as make a file of the target's size.
  private List<Group> merged(Optional<LocalDate> partition, List<LakeFile> files) {
    List<Group> groups = new ArrayList<>();
    List<LakeFile> open = new ArrayList<>();
    long bytes = 0;
    for (LakeFile file : files) {
      if (file.bytes() >= order.targetBytes() * GOOD_SHARE) {
        continue;
      }
      if (bytes + file.bytes() > order.targetBytes()) {
        close(groups, partition, open);
        open = new ArrayList<>();
        bytes = 0;
      }
      open.add(file);
      bytes += file.bytes();
    }
    close(groups, partition, open);
    return groups;
  }

  private static void close(
      List<Group> groups, Optional<LocalDate> partition, List<LakeFile> open) {
    if (open.size() > 1) {
      groups.add(new Group(partition, List.copyOf(open)));
    }
  }

  private boolean meant(LakeFile file) {
    LocalDate date = file.partitionValue().orElse(null);
    if (date == null) {
      return order.from().isEmpty() && order.to().isEmpty();
    }
    return order.from().filter(date::isBefore).isEmpty()
        && order.to().filter(date::isAfter).isEmpty();
  }

  private void requireColumns() {
    for (String column : order.zOrder()) {
      if (table.schema().column(column).isEmpty()) {
        throw new MillraceException(
            ErrorCode.USAGE,
            table.name() + " has no column '" + column + "'",
            "'millrace table show " + table.name() + "' lists its columns");
      }
    }
    if (order.zOrder().size() > ZOrder.MOST_COLUMNS) {
      throw new MillraceException(
          ErrorCode.USAGE,
          order.zOrder().size() + " columns are too many for a Z-order",
          "name at most " + ZOrder.MOST_COLUMNS + ", those that filters use most");
    }
  }
}
