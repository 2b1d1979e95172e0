package dev.millrace.engine.care;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.lake.StoredFile;
import dev.millrace.engine.model.Layer;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.transform.CancelWatch;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.SqlSession;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Looks for a subject's value in every file of a table, whatever the log says of it: in each row
/// of each Parquet file as the file itself tells it, in the bytes of these files, and in the log.
final class FindTraces {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String VIEW = "care_stored";

  /// Types whose values are spelled without words, but for those of {@link Traces#mayBeNumber}.
  private static final Set<String> PLAIN =
      Set.of(
          "BOOLEAN",
          "TINYINT",
          "SMALLINT",
          "INTEGER",
          "BIGINT",
          "HUGEINT",
          "FLOAT",
          "DOUBLE",
          "DECIMAL",
          "DATE",
          "TIME",
          "TIMESTAMP",
          "TIMESTAMP WITH TIME ZONE");

  private static final int FILES_AT_ONCE = 200;
  private static final int CHUNK = 1 << 20;

  private final SqlEngine sql;
  private final Traces traces;
  private final LetterTraces letters;
  private final Subject subject;

  FindTraces(SqlEngine sql, Subject subject) {
    this.sql = sql;
    this.subject = subject;
    this.traces = new Traces(subject);
    this.letters = new LetterTraces(subject, traces);
  }

  /// Where the value still is.
  ///
  /// @param liveRows rows of the newest version that hold it
  /// @param live live files that hold it
  /// @param dead files that are not live and hold it
  /// @param log files of the log that hold it
  /// @param looked files looked through
  record Found(
      long liveRows,
      List<StoredFile> live,
      List<StoredFile> dead,
      List<StoredFile> log,
      int looked) {

    boolean nothing() {
      return live.isEmpty() && dead.isEmpty() && log.isEmpty();
    }

    CareFinding finding(LakeTable table) {
      Map<String, Long> counts = new LinkedHashMap<>();
      counts.put("files looked through", (long) looked);
      counts.put("rows that hold it", liveRows);
      counts.put("live files that hold it", (long) live.size());
      counts.put("old files that hold it", (long) dead.size());
      counts.put("log files that hold it", (long) log.size());
      return new CareFinding(table.name(), table.snapshot().version(), counts);
    }
  }

  Found in(LakeTable table, Progress progress) {
    List<StoredFile> data = table.storage().dataFiles();
    List<StoredFile> logged = table.storage().logFiles();
    Map<Path, Long> holding = rowsIn(table, parquet(data), false, progress);
    if (table.name().layer() == Layer.DEAD_LETTERS) {
      lettersIn(table, parquet(data), progress)
          .forEach((file, rows) -> holding.merge(file, rows, Math::max));
    }
    Set<Path> bytes = new HashSet<>();
    for (StoredFile file : data) {
      refuseCancelled(progress);
      if (holdsRaw(table, file)) {
        bytes.add(file.path());
      }
    }
    Set<Path> alive = new HashSet<>();
    table.snapshot().files().stream().map(LakeFile::path).forEach(alive::add);
    List<StoredFile> live = new ArrayList<>();
    List<StoredFile> dead = new ArrayList<>();
    long rows = 0;
    for (StoredFile file : data) {
      if (holding.containsKey(file.path()) || bytes.contains(file.path())) {
        if (alive.contains(file.path())) {
          live.add(file);
          rows += holding.getOrDefault(file.path(), 0L);
        } else {
          dead.add(file);
        }
      }
    }
    return new Found(rows, live, dead, inLog(table, logged, progress), data.size() + logged.size());
  }

  private List<StoredFile> inLog(LakeTable table, List<StoredFile> files, Progress progress) {
    Map<Path, Long> checkpoints = rowsIn(table, parquet(files), true, progress);
    List<StoredFile> holding = new ArrayList<>();
    for (StoredFile file : files) {
      refuseCancelled(progress);
      boolean holds =
          isParquet(file.path())
              ? checkpoints.containsKey(file.path()) || holdsRaw(table, file)
              : holdsText(table, file);
      if (holds) {
        holding.add(file);
      }
    }
    return holding;
  }

  /// Rows that hold the value, by file.
  private Map<Path, Long> rowsIn(
      LakeTable table, List<StoredFile> files, boolean bounds, Progress progress) {
    Map<Path, Long> rows = new HashMap<>();
    for (int at = 0; at < files.size(); at += FILES_AT_ONCE) {
      refuseCancelled(progress);
      progress.report("look through " + table.name(), at, files.size());
      List<StoredFile> some = files.subList(at, Math.min(files.size(), at + FILES_AT_ONCE));
      Map<String, Path> byName = new HashMap<>();
      some.forEach(file -> byName.put(file.path().getFileName().toString(), file.path()));
      try (SqlSession session = sql.session();
          CancelWatch _ = CancelWatch.over(session, progress, table.name().toString())) {
        session.viewAsStored(VIEW, some);
        // The file's name is a column of the view and no part of the row.
        String text = "replace(" + row(session) + ", _source_file, '')";
        session.forEachRow(
            "SELECT _source_file, count(*) FROM "
                + VIEW
                + " WHERE "
                + (bounds ? traces.conditionOnBounds(text) : traces.condition(text))
                + " GROUP BY _source_file",
            row ->
                rows.put(
                    Objects.requireNonNull(byName.get((String) row.get(0))), (Long) row.get(1)));
      }
    }
    return rows;
  }

  /// The text of a row, without what cannot hold the value: numbers and times take most of the time
  /// that spelling a row takes.
  private String row(SqlSession session) {
    if (traces.mayBeNumber()) {
      return "CAST(" + VIEW + " AS VARCHAR)";
    }
    List<String> columns = new ArrayList<>();
    session.forEachRow(
        "SELECT column_name, column_type FROM (DESCRIBE " + VIEW + ")",
        row -> {
          if (!PLAIN.contains(String.valueOf(row.get(1)).replaceAll("\\(.*", ""))) {
            columns.add("CAST(" + Sql.name(String.valueOf(row.get(0))) + " AS VARCHAR)");
          }
        });
    return "concat_ws(' | ', '', " + String.join(", ", columns) + ")";
  }

  /// Dead letters whose bytes name the value, by file: however the bytes spell it, which SQL on
  /// them as a text does not see.
  private Map<Path, Long> lettersIn(LakeTable table, List<StoredFile> files, Progress progress) {
    Map<Path, Long> rows = new HashMap<>();
    for (StoredFile file : files) {
      refuseCancelled(progress);
      try (SqlSession session = sql.session();
          CancelWatch _ = CancelWatch.over(session, progress, table.name().toString())) {
        session.viewAsStored(VIEW, List.of(file));
        session.forEachRow(
            "SELECT raw, detail FROM " + VIEW,
            row -> {
              byte[] raw = row.get(0) instanceof byte[] bytes ? bytes : new byte[0];
              if (letters.in(raw, String.valueOf(row.get(1)))) {
                rows.merge(file.path(), 1L, Long::sum);
              }
            });
      }
    }
    return rows;
  }

  private boolean holdsRaw(LakeTable table, StoredFile file) {
    if (!traces.tellingInBytes()) {
      return false;
    }
    int reach = traces.reach();
    byte[] buffer = new byte[CHUNK + reach];
    int kept = 0;
    long position = 0;
    while (true) {
      byte[] read = table.storage().read(file, position, CHUNK);
      System.arraycopy(read, 0, buffer, kept, read.length);
      int length = kept + read.length;
      boolean last = read.length < CHUNK;
      if (traces.inStretch(buffer, length, position == 0, last)) {
        return true;
      }
      if (last) {
        return false;
      }
      position += read.length;
      kept = reach;
      System.arraycopy(buffer, length - kept, buffer, 0, kept);
    }
  }

  private boolean holdsText(LakeTable table, StoredFile file) {
    byte[] bytes = table.storage().read(file, 0, Math.toIntExact(file.bytes()));
    if (traces.in(bytes)) {
      return true;
    }
    for (String line : new String(bytes, StandardCharsets.UTF_8).split("\n")) {
      if (holdsJson(line)) {
        return true;
      }
    }
    return false;
  }

  private boolean holdsJson(String line) {
    try {
      return !line.isBlank() && holds(null, JSON.readTree(line));
    } catch (JsonProcessingException _) {
      return traces.in(line);
    }
  }

  /// Statistics are JSON within a text of the JSON.
  private boolean holds(@Nullable String name, JsonNode node) {
    if (node.isContainerNode()) {
      return node.isObject()
          ? node.properties().stream().anyMatch(e -> holds(e.getKey(), e.getValue()))
          : node.valueStream().anyMatch(child -> holds(name, child));
    }
    String text = node.asText();
    if (name != null && name.equals("stats") && text.startsWith("{")) {
      return holdsJson(text);
    }
    return traces.telling()
        ? traces.inBound(text)
        : name != null && subject.columns().contains(name) && traces.in(text);
  }

  private static List<StoredFile> parquet(List<StoredFile> files) {
    return files.stream().filter(file -> isParquet(file.path())).toList();
  }

  private static boolean isParquet(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".parquet") && !name.startsWith(".");
  }

  private static void refuseCancelled(Progress progress) {
    if (progress.cancelled()) {
      throw new MillraceException(
          ErrorCode.CANCELLED, "Looking for traces was cancelled", "run it again");
    }
  }
}
