package dev.millrace.engine.care;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.lake.LakeSnapshot;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.lake.LakeVersion;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.yaml.Nearest;
import dev.millrace.engine.transform.BuildTable;
import dev.millrace.engine.transform.SqlSession;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// SQL over the tables of all lakes, as of now or of earlier versions.
///
/// A table stands under its name with `_` for the dot, `silver_readings`; one of another pipeline
/// under that pipeline's name as well, `retail.silver_sales`. Behind either, `VERSION AS OF 12` and
/// `TIMESTAMP AS OF '2026-03-01T12:00:00Z'` name an earlier version, as in Spark's SQL. With
/// `_with_files` at its end, the table also tells each row's file in `_source_file`.
public final class TableQuery {

  /// Ending of the view that also tells each row's file.
  private static final String FILES = "_with_files";

  /// Stretches in which a name means nothing, or a name with what may follow it.
  private static final Pattern TOKEN =
      Pattern.compile(
          "'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\\n]*|/\\*.*?\\*/"
              + "|(?<a>[A-Za-z_]\\w*)(?:\\s*\\.\\s*(?<b>[A-Za-z_]\\w*))?"
              + "(?:\\s+(?<how>VERSION|TIMESTAMP)\\s+AS\\s+OF\\s+(?<when>\\d+|'[^']*'))?",
          Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

  private static final Pattern NO_TABLE = Pattern.compile("Catalog Error: Table with name (\\w+)");

  private final Map<String, Lake> lakes;
  private final String own;
  private final Optional<Instant> at;
  private final Map<String, Map<String, TableName>> names = new HashMap<>();

  /// @param lakes by the pipeline's name
  /// @param own pipeline whose tables need no prefix
  /// @param at time of which all tables are read that say nothing else; empty for now
  public TableQuery(Map<String, Supplier<Lake>> lakes, String own, Optional<Instant> at) {
    this.lakes = new TreeMap<>();
    lakes.forEach((pipeline, lake) -> this.lakes.put(pipeline.replace('-', '_'), lake.get()));
    this.own = own.replace('-', '_');
    this.at = at;
  }

  /// Makes the views that a text needs.
  ///
  /// @return the text to run in the session
  /// @throws MillraceException `USAGE` for a version that there is not
  public String prepare(String sql, SqlSession session) {
    Matcher matcher = TOKEN.matcher(sql);
    StringBuilder text = new StringBuilder();
    Set<String> made = new HashSet<>();
    while (matcher.find()) {
      matcher.appendReplacement(
          text,
          Matcher.quoteReplacement(
              reference(matcher)
                  .map(meant -> view(meant, session, made) + meant.rest())
                  .orElseGet(matcher::group)));
    }
    return matcher.appendTail(text).toString();
  }

  /// Makes the views that a text needs, for texts that name no earlier version.
  public void makeViews(String sql, SqlSession session) {
    var _ = prepare(sql, session);
  }

  /// A refusal; where a text names a table that there is not, with the one that is most likely
  /// meant. The engine itself knows only those that the text names rightly.
  public MillraceException advised(MillraceException refused) {
    Matcher named = NO_TABLE.matcher(refused.what());
    if (!named.lookingAt()) {
      return refused;
    }
    return new MillraceException(
        refused.code(),
        refused.what(),
        Nearest.to(named.group(1), views())
            .map(near -> "did you mean " + near + "? nothing was changed")
            .orElse(
                "'millrace table ls' lists the tables; in SQL one stands with _ for the dot, such as"
                    + " silver_readings"),
        refused);
  }

  private List<String> views() {
    return lakes.entrySet().stream()
        .flatMap(
            lake ->
                lake.getValue().tables().stream()
                    .map(BuildTable::viewName)
                    .map(view -> lake.getKey().equals(own) ? view : lake.getKey() + "." + view))
        .toList();
  }

  /// A table that a text names.
  ///
  /// @param rest what follows the name and is none of ours
  private record Reference(
      String pipeline,
      String view,
      TableName table,
      @Nullable String how,
      @Nullable String when,
      String rest) {}

  private Optional<Reference> reference(Matcher matcher) {
    String a = matcher.group("a");
    if (a == null) {
      return Optional.empty();
    }
    String b = matcher.group("b");
    String how = matcher.group("how");
    String when = matcher.group("when");
    String first = a.toLowerCase(Locale.ROOT);
    if (b != null && lakes.containsKey(first)) {
      String second = b.toLowerCase(Locale.ROOT);
      return table(first, second).map(table -> new Reference(first, second, table, how, when, ""));
    }
    return table(own, first)
        .map(table -> new Reference(own, first, table, how, when, b == null ? "" : "." + b));
  }

  private Optional<TableName> table(String pipeline, String view) {
    Lake lake = lakes.get(pipeline);
    if (lake == null) {
      return Optional.empty();
    }
    Map<String, TableName> known =
        names.computeIfAbsent(
            pipeline,
            _ -> {
              Map<String, TableName> found = new HashMap<>();
              for (TableName name : lake.tables()) {
                found.put(BuildTable.viewName(name), name);
                found.put(BuildTable.viewName(name) + FILES, name);
              }
              return found;
            });
    return Optional.ofNullable(known.get(view));
  }

  /// The view's name, quoted; made when it was not yet.
  private String view(Reference meant, SqlSession session, Set<String> made) {
    LakeTable table =
        Optional.ofNullable(lakes.get(meant.pipeline()))
            .flatMap(lake -> lake.find(meant.table()))
            .orElseThrow();
    Optional<Long> version = version(table, meant);
    String name =
        (meant.pipeline().equals(own) ? "" : meant.pipeline() + ".")
            + meant.view()
            + version.map(v -> "@v" + v).orElse("");
    if (made.add(name)) {
      LakeSnapshot snapshot = version.map(table::snapshotAt).orElseGet(table::snapshot);
      Schema schema = version.map(table::schemaAt).orElseGet(table::schema);
      requireFiles(table, snapshot, version);
      if (meant.view().endsWith(FILES)) {
        session.view(name, schema, snapshot.files());
      } else {
        session.view(name + FILES, schema, snapshot.files());
        session.query(name, "SELECT " + Sql.columns(schema) + " FROM " + Sql.name(name + FILES));
      }
    }
    // Unquoted where it may be, so that it also names the columns' table.
    return version.isEmpty() && meant.pipeline().equals(own) ? name : Sql.name(name);
  }

  private static void requireFiles(LakeTable table, LakeSnapshot snapshot, Optional<Long> version) {
    if (version.isEmpty()) {
      return;
    }
    long gone = table.storage().missing(snapshot.files()).size();
    if (gone > 0) {
      throw new MillraceException(
          ErrorCode.LAKE,
          "Version %d of %s can no longer be read: %d of its %d files were deleted by a vacuum or an erasure"
              .formatted(version.get(), table.name(), gone, snapshot.files().size()),
          "choose a younger version from 'millrace table history " + table.name() + "'");
    }
  }

  private Optional<Long> version(LakeTable table, Reference meant) {
    if (meant.how() == null || meant.when() == null) {
      return at.map(moment -> versionAt(table, moment));
    }
    if (meant.how().equalsIgnoreCase("VERSION")) {
      long version = Long.parseLong(meant.when().replace("'", ""));
      long newest = table.snapshot().version();
      if (version > newest) {
        throw new MillraceException(
            ErrorCode.USAGE,
            "There is no version %d of %s; its newest is %d"
                .formatted(version, table.name(), newest),
            "'millrace table history " + table.name() + "' lists them");
      }
      return Optional.of(version);
    }
    return Optional.of(versionAt(table, moment(meant.when().replace("'", ""))));
  }

  /// The version that was the newest at a time.
  ///
  /// @throws MillraceException `USAGE` when the table's log reaches no further back
  public static long versionAt(LakeTable table, Instant moment) {
    List<LakeVersion> history = table.history(Integer.MAX_VALUE);
    return history.stream()
        .filter(version -> !version.committedAt().isAfter(moment))
        .mapToLong(LakeVersion::version)
        .findFirst()
        .orElseThrow(
            () ->
                new MillraceException(
                    ErrorCode.USAGE,
                    "%s had no version at %s that its log still tells"
                        .formatted(table.name(), moment),
                    history.isEmpty()
                        ? "choose a later time"
                        : "choose a time from " + history.getLast().committedAt() + " on"));
  }

  /// A time as people write it: a date, or a date and time with offset.
  ///
  /// @throws MillraceException `USAGE` when it is none
  public static Instant moment(String text) {
    try {
      return text.length() == "2026-03-01".length()
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
          : OffsetDateTime.parse(text.replace(' ', 'T')).toInstant();
    } catch (DateTimeException e) {
      throw new MillraceException(
          ErrorCode.USAGE,
          "'" + text + "' is no time",
          "write 2026-03-01, or 2026-03-01T12:00:00Z",
          e);
    }
  }
}
