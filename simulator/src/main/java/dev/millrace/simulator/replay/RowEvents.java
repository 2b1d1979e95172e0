package dev.millrace.simulator.replay;

import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.pipeline.Roles;
import dev.millrace.engine.pipeline.yaml.Faults;
import dev.millrace.engine.pipeline.yaml.Nearest;
import dev.millrace.simulator.BatchTimes;
import dev.millrace.simulator.JsonBytes;
import dev.millrace.simulator.replay.ReplayMapping.Reading;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Makes the events of a row. For one thread.
final class RowEvents {

  record Event(byte[] key, byte[] value) {}

  /// What a row gives: events, or why it does not fit.
  sealed interface Made {
    record Events(Instant time, List<Event> events, int nulls) implements Made {}

    record Bad(String what, String remedy) implements Made {}
  }

  private static final Pattern BLANK = Pattern.compile("\\{([^}]*)}");
  private static final Pattern JSON_NUMBER =
      Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][-+]?\\d{1,3})?");
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d{1,3})?");

  private final ReplayMapping mapping;
  private final Feed feed;
  private final List<String> header;
  private final String fileName;
  private final TimeFormat times;
  private final int timeIndex;
  private final int[] readingIndexes;
  private final boolean wholeValues;
  private final JsonBytes out = new JsonBytes();

  /// Time of the last row that fitted.
  private @Nullable Instant before;

  private RowEvents(ReplayMapping mapping, Feed feed, List<String> header, String fileName) {
    this.mapping = mapping;
    this.feed = feed;
    this.header = header;
    this.fileName = fileName;
    this.times =
        new TimeFormat(mapping.time().formats(), mapping.time().zone(), mapping.time().midnight());
    this.timeIndex = header.indexOf(mapping.time().column());
    this.readingIndexes =
        mapping.readings().stream().mapToInt(r -> header.indexOf(r.column())).toArray();
    this.wholeValues =
        feed.roles()
            .value()
            .flatMap(feed.schema()::column)
            .map(c -> c.type() != ColumnType.DOUBLE)
            .orElse(false);
  }

  /// @param header names of a row's fields
  /// @param fileName what `{file}` stands for
  /// @throws dev.millrace.engine.error.ProblemsException when mapping, file and feed do not fit
  static RowEvents of(ReplayMapping mapping, Feed feed, List<String> header, String fileName) {
    check(mapping, feed, header, fileName, Set.of());
    return new RowEvents(mapping, feed, header, fileName);
  }

  /// @param kinds of reading that there are; empty for any
  /// @throws dev.millrace.engine.error.ProblemsException with all that does not fit
  static void check(
      ReplayMapping mapping, Feed feed, List<String> header, String fileName, Set<String> kinds) {
    Faults faults = new Faults();
    Set<String> seen = new HashSet<>();
    for (String name : header) {
      if (!seen.add(name)) {
        faults.add(fileName, 1, "the header names '" + name + "' twice", "rename one of them");
      }
    }
    checkColumn(mapping, mapping.time().column(), mapping.time().line(), header, faults);
    for (Reading reading : mapping.readings()) {
      checkColumn(mapping, reading.column(), reading.line(), header, faults);
      checkBlanks(mapping, reading.sensor(), reading.line(), header, faults);
      reading.place().ifPresent(p -> checkBlanks(mapping, p, reading.line(), header, faults));
      reading
          .kind()
          .filter(kind -> !kinds.isEmpty() && !kinds.contains(kind))
          .ifPresent(
              kind ->
                  faults.add(
                      mapping.source(),
                      reading.line(),
                      "'" + kind + "' is no kind of this pipeline",
                      Nearest.to(kind, kinds)
                          .map(near -> "write " + near + "?")
                          .orElse("write one of: " + String.join(", ", new TreeSet<>(kinds)))));
    }
    checkFeed(mapping, feed, faults);
    faults.refuse("The replay of " + fileName);
  }

  private static void checkBlanks(
      ReplayMapping mapping, String template, int line, List<String> header, Faults faults) {
    Matcher blanks = BLANK.matcher(template);
    while (blanks.find()) {
      if (!blanks.group(1).equals("file")) {
        checkColumn(mapping, blanks.group(1), line, header, faults);
      }
    }
  }

  private static void checkColumn(
      ReplayMapping mapping, String column, int line, List<String> header, Faults faults) {
    if (!header.contains(column)) {
      faults.add(
          mapping.source(),
          line,
          "the file has no column '" + column + "'",
          Nearest.remedy(column, header));
    }
  }

  private static void checkFeed(ReplayMapping mapping, Feed feed, Faults faults) {
    Roles roles = feed.roles();
    if (roles.value().isEmpty()) {
      faults.add(
          mapping.source(),
          0,
          "the feed " + feed.name() + " has no column with the role value",
          "replay into a feed that has one");
    }
    List<Optional<String>> filled = new ArrayList<>();
    filled.add(roles.entity());
    filled.add(roles.value());
    filled.add(Optional.of(roles.time()));
    if (mapping.readings().stream().allMatch(r -> r.kind().isPresent())) {
      filled.add(roles.kind());
    }
    if (mapping.readings().stream().allMatch(r -> r.unit().isPresent())) {
      filled.add(roles.unit());
    }
    if (mapping.readings().stream().allMatch(r -> r.place().isPresent())) {
      filled.add(roles.place());
    }
    for (Column column : feed.schema().columns()) {
      if (!column.nullable()
          && !filled.contains(Optional.of(column.name()))
          && !mapping.fixed().containsKey(column.name())) {
        faults.add(
            mapping.source(),
            0,
            "nothing fills " + column.name() + " of the feed, which may not be null",
            "add it to each reading or under `static:`");
      }
    }
    mapping
        .fixed()
        .forEach(
            (name, text) -> {
              Optional<Column> column = feed.schema().column(name);
              if (column.isEmpty()) {
                faults.add(
                    mapping.source(),
                    0,
                    "`static." + name + "` is no column of the feed",
                    Nearest.remedy(
                        name, feed.schema().columns().stream().map(Column::name).toList()));
              } else if (fixedJson(column.get(), text).isEmpty()) {
                faults.add(
                    mapping.source(),
                    0,
                    "`static." + name + "` is no " + column.get().type().sqlName() + ": " + text,
                    "write a value of the column's type");
              }
            });
  }

  Made made(List<String> fields) {
    Optional<Instant> time = times.parse(fields.get(timeIndex), before);
    if (time.isEmpty()) {
      return new Made.Bad(
          "'"
              + fields.get(timeIndex)
              + "' is no time of the form "
              + String.join(" or ", mapping.time().formats()),
          "mend the row, or add its format to the mapping");
    }
    long micros = BatchTimes.micros(time.get());
    List<Event> events = new ArrayList<>();
    int nulls = 0;
    for (int i = 0; i < readingIndexes.length; i++) {
      Reading reading = mapping.readings().get(i);
      String field = fields.get(readingIndexes[i]).strip();
      if (mapping.nulls().contains(field)) {
        nulls++;
        continue;
      }
      Optional<String> number = number(field, reading.scale());
      if (number.isEmpty()) {
        return new Made.Bad(
            "'"
                + field
                + "' in column "
                + reading.column()
                + " is no "
                + (wholeValues ? "whole number" : "number"),
            "mend the row, or add the field to `nulls:` of the mapping");
      }
      events.add(event(reading, fields, number.get(), micros));
    }
    before = time.get();
    return new Made.Events(time.get(), events, nulls);
  }

  /// The field as a JSON number; unchanged, letter for letter, where it is one and is not scaled.
  private Optional<String> number(String field, Optional<BigDecimal> scale) {
    String text = mapping.decimal() == ',' ? field.replace(',', '.') : field;
    if (!NUMBER.matcher(text).matches() || !Double.isFinite(Double.parseDouble(text))) {
      return Optional.empty();
    }
    BigDecimal value = new BigDecimal(text);
    if (scale.isPresent()) {
      value = value.multiply(scale.get()).stripTrailingZeros();
    }
    if (wholeValues) {
      BigDecimal whole = value.stripTrailingZeros();
      return whole.scale() <= 0 && whole.precision() - whole.scale() <= 18
          ? Optional.of(whole.toPlainString())
          : Optional.empty();
    }
    return Optional.of(
        scale.isEmpty() && JSON_NUMBER.matcher(text).matches() ? text : value.toString());
  }

  private Event event(Reading reading, List<String> fields, String number, long micros) {
    Roles roles = feed.roles();
    String sensor = filled(reading.sensor(), fields);
    Optional<String> place = reading.place().map(p -> filled(p, fields));
    String keyColumn = feed.kafka().key();
    String key = "";
    out.clear().ascii("{");
    boolean first = true;
    for (Column column : feed.schema().columns()) {
      Optional<String> is = Optional.of(column.name());
      Optional<String> text =
          is.equals(roles.entity())
              ? Optional.of(sensor)
              : is.equals(roles.kind())
                  ? reading.kind()
                  : is.equals(roles.place())
                      ? place
                      : is.equals(roles.unit()) ? reading.unit() : Optional.empty();
      boolean isValue = is.equals(roles.value());
      boolean isTime = column.name().equals(roles.time());
      String fixed = mapping.fixed().get(column.name());
      Optional<String> json =
          text.isEmpty() && fixed != null ? fixedJson(column, fixed) : Optional.empty();
      if (text.isEmpty() && json.isEmpty() && !isValue && !isTime) {
        continue;
      }
      if (!first) {
        out.ascii(",");
      }
      first = false;
      out.quoted(column.name()).ascii(":");
      if (isTime) {
        out.time(micros);
      } else if (isValue) {
        out.ascii(number);
      } else if (text.isPresent()) {
        out.quoted(text.get());
      } else {
        out.raw(json.orElseThrow().getBytes(StandardCharsets.UTF_8));
      }
      if (column.name().equals(keyColumn)) {
        key =
            isTime
                ? Long.toString(micros)
                : isValue ? number : text.or(() -> Optional.ofNullable(fixed)).orElse("");
      }
    }
    return new Event(key.getBytes(StandardCharsets.UTF_8), out.ascii("}").copy());
  }

  private String filled(String template, List<String> fields) {
    if (template.indexOf('{') < 0) {
      return template;
    }
    return BLANK
        .matcher(template)
        .replaceAll(
            blank ->
                Matcher.quoteReplacement(
                    blank.group(1).equals("file")
                        ? fileName
                        : fields.get(header.indexOf(blank.group(1))).strip()));
  }

  private static Optional<String> fixedJson(Column column, String text) {
    return switch (column.type()) {
      case STRING, TIMESTAMP, DATE, BINARY ->
          Optional.of(new String(new JsonBytes().quoted(text).copy(), StandardCharsets.UTF_8));
      case BOOLEAN -> Optional.of(text).filter(t -> t.equals("true") || t.equals("false"));
      case INT, BIGINT -> Optional.of(text).filter(t -> t.matches("-?(0|[1-9]\\d{0,17})"));
      case DOUBLE -> Optional.of(text).filter(t -> JSON_NUMBER.matcher(t).matches());
    };
  }
}
