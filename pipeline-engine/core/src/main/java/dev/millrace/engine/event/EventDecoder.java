package dev.millrace.engine.event;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.pipeline.Feed;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Decoder of one feed's events, compiled from its schema: JSON text straight into columns.
///
/// A value is an event when it is exactly one JSON object whose fields fit the schema: each
/// required column present once and not null, each field of a column of the column's type. Fields
/// of no column are checked as JSON, counted and kept as they were sent, in one JSON object in the
/// column {@link Feed#EXTRA}. Faults of the text go before faults of the schema, and the first of a
/// kind is told.
///
/// | column | field |
/// |---|---|
/// | `STRING` | string |
/// | `BOOLEAN` | true or false |
/// | `INT`, `BIGINT` | number without point and exponent that fits |
/// | `DOUBLE` | number whose nearest double is finite |
/// | `TIMESTAMP` | string as {@link IsoTime} reads it, or epoch time as a whole number |
/// | `DATE` | string `yyyy-mm-dd` |
/// | `BINARY` | string in base64 |
///
/// Epoch time is told by its magnitude: microseconds from 1e14 on, milliseconds from 1e11 on.
/// Smaller numbers, which are mostly seconds, are refused.
///
/// Confined to one thread at a time; one decoder fills any number of batches of its feed.
public final class EventDecoder {

  private static final long FIRST_MILLIS = 100_000_000_000L;
  private static final long FIRST_MICROS = 100_000_000_000_000L;
  private static final int DEPTH = 512;

  private final Limits limits;
  private final List<Column> columns;
  private final FieldName[] names;
  private final ColumnType[] types;
  private final boolean[] required;
  private final int[] seen;
  private final int[] usualOrder;
  private final JsonCursor json = new JsonCursor();
  private final UnknownFields unknown = new UnknownFields();
  private final ExtraFields extras = new ExtraFields();
  private final int extraColumn;
  private int turn;

  /// Decoder that refuses what is longer than the feed allows, or nested more than 512 deep.
  public EventDecoder(Feed feed) {
    this(feed, new Limits(feed.maxEventBytes(), DEPTH));
  }

  /// @throws MillraceException `DEFINITION` when the feed's time is no column of type timestamp
  public EventDecoder(Feed feed, Limits limits) {
    this.limits = limits;
    columns = feed.schema().columns();
    int time = feed.schema().indexOf(feed.roles().time());
    if (time < 0 || columns.get(time).type() != ColumnType.TIMESTAMP) {
      throw new MillraceException(
          ErrorCode.DEFINITION,
          "Feed " + feed.name() + " has no timestamp column " + feed.roles().time(),
          "name a column of type timestamp as the feed's role time");
    }
    names = new FieldName[columns.size()];
    types = new ColumnType[columns.size()];
    required = new boolean[columns.size()];
    for (int i = 0; i < names.length; i++) {
      names[i] = new FieldName(columns.get(i).name());
      types[i] = columns.get(i).type();
      required[i] = !columns.get(i).nullable() || i == time;
    }
    extraColumn = feed.bronzeSchema().indexOf(Feed.EXTRA.name());
    seen = new int[names.length];
    usualOrder = new int[2 * names.length];
    Arrays.fill(usualOrder, -1);
  }

  /// What a value may measure.
  ///
  /// @param valueBytes length of a value in bytes
  /// @param depth levels of objects and arrays in each other, the event's own object counted
  public record Limits(int valueBytes, int depth) {}

  /// Decodes one value into the open row of the batch.
  ///
  /// After {@link Verdict.Event} the row waits for {@link EventBatch#accept}; after a refusal, or
  /// when it is never accepted, the batch is as it was.
  public Verdict decode(byte[] value, int offset, int length, EventBatch batch) {
    if (length > limits.valueBytes()) {
      String detail = "the value has " + length + " bytes, more than " + limits.valueBytes();
      return new Verdict.Refused(Reason.TOO_LARGE, detail, 0);
    }
    json.reset(value, offset, length);
    try {
      if (json.atEnd()) {
        throw new JsonFault(
            Reason.NOT_JSON, length == 0 ? "the value is empty" : "the value is blank", 0);
      }
      Verdict.@Nullable Refused fault =
          json.peek() == '{' ? object(batch.columns()) : notAnObject();
      if (!json.atEnd()) {
        throw new JsonFault(Reason.NOT_JSON, "more text follows the JSON value", json.position());
      }
      if (fault == null && json.deepest() + 1 > limits.depth()) {
        return new Verdict.Refused(
            Reason.TOO_DEEP, "brackets stand more than " + limits.depth() + " deep", 0);
      }
      return fault == null ? Verdict.Event.DECODED : fault;
    } catch (JsonFault e) {
      return e.verdict();
    }
  }

  /// Fields of no column met so far, in events and in refused values alike.
  public long unknownFields() {
    return unknown.total();
  }

  /// The 64 fields of no column met most and how often, the most frequent first.
  public Map<String, Long> unknownFieldNames() {
    return unknown.mostFrequent();
  }

  private Verdict.Refused notAnObject() {
    int position = json.position();
    json.skipValue();
    return new Verdict.Refused(
        Reason.NOT_AN_OBJECT, "the value is JSON, but not an object", position);
  }

  private Verdict.@Nullable Refused object(ColumnBatch batch) {
    batch.openRow();
    turn++;
    extras.clear();
    Verdict.@Nullable Refused fault = null;
    json.take();
    if (json.peek() == '}') {
      json.take();
    } else {
      int field = 0;
      do {
        Verdict.@Nullable Refused wrong = field(field++, batch, fault != null);
        fault = fault == null ? wrong : fault;
      } while (json.anotherIn('}'));
    }
    if (fault == null) {
      extras.into(batch.text(extraColumn), batch.rows());
      return absent(batch);
    }
    return fault;
  }

  private Verdict.@Nullable Refused field(int ordinal, ColumnBatch batch, boolean refused) {
    byte quote = json.peek();
    int position = json.position();
    int nameFrom = json.mark();
    int usual = ordinal < usualOrder.length ? usualOrder[ordinal] : -1;
    int column;
    if (quote == '"' && usual >= 0 && json.takeName(names[usual])) {
      column = usual;
    } else {
      json.readName();
      column = columnNamed();
      if (column >= 0 && ordinal < usualOrder.length) {
        usualOrder[ordinal] = column;
      }
    }
    int nameTo = json.mark();
    json.expect(':');
    byte first = json.peek();
    if (column < 0 || refused) {
      int valueFrom = json.mark();
      json.skipValue();
      if (!refused) {
        extras.add(json.text(), nameFrom, nameTo, valueFrom, json.mark());
      }
      return null;
    }
    if (seen[column] == turn) {
      json.skipValue();
      return refuse(Reason.DUPLICATE_FIELD, column, "stands twice", position);
    }
    seen[column] = turn;
    return value(column, first, batch);
  }

  private Verdict.@Nullable Refused value(int column, byte first, ColumnBatch batch) {
    int row = batch.rows();
    int position = json.position();
    if (first == 'n') {
      json.takeNull();
      if (required[column]) {
        return refuse(Reason.NULL_FIELD, column, "is null", position);
      }
      batch.vector(column).setNull(row);
      return null;
    }
    return switch (types[column]) {
      case STRING -> {
        if (first != '"') {
          yield otherType(column, first, position);
        }
        json.readString();
        batch.text(column).set(row, json.stringBytes(), json.stringStart(), json.stringLength());
        yield null;
      }
      case DOUBLE -> {
        if (!isNumber(first)) {
          yield otherType(column, first, position);
        }
        json.readNumber();
        double value = json.number().doubleValue();
        batch.doubles(column).set(row, value);
        yield Double.isInfinite(value)
            ? refuse(Reason.OUT_OF_RANGE, column, "is beyond every double", position)
            : null;
      }
      case TIMESTAMP -> time(column, first, batch.longs(column), row);
      case BIGINT, INT -> whole(column, first, batch, row);
      case BOOLEAN -> {
        if (first != 't' && first != 'f') {
          yield otherType(column, first, position);
        }
        batch.ints(column).set(row, json.readBoolean() ? 1 : 0);
        yield null;
      }
      case DATE -> {
        if (first != '"') {
          yield otherType(column, first, position);
        }
        json.readString();
        long day = IsoTime.epochDay(json.stringBytes(), json.stringStart(), json.stringLength());
        if (day <= IsoTime.LAST_FAULT) {
          yield refuse(Reason.BAD_TIME, column, "is no date such as 2026-01-31", position);
        }
        batch.ints(column).set(row, (int) day);
        yield null;
      }
      case BINARY -> binary(column, first, batch.bytes(column), row);
    };
  }

  private Verdict.@Nullable Refused time(int column, byte first, LongVector into, int row) {
    int position = json.position();
    if (first == '"') {
      json.readString();
      long micros = IsoTime.micros(json.stringBytes(), json.stringStart(), json.stringLength());
      if (micros <= IsoTime.LAST_FAULT) {
        return refuse(Reason.BAD_TIME, column, IsoTime.describe(micros), position);
      }
      into.set(row, micros);
      return null;
    }
    if (!isNumber(first)) {
      return otherType(column, first, position);
    }
    json.readNumber();
    if (!json.number().fitsLong()) {
      return refuse(Reason.BAD_TIME, column, "is no whole number of epoch time", position);
    }
    long epoch = json.number().longValue();
    if (epoch > -FIRST_MILLIS && epoch < FIRST_MILLIS) {
      String detail = "is too small for epoch milliseconds or microseconds; seconds are not taken";
      return refuse(Reason.BAD_TIME, column, detail, position);
    }
    long micros = epoch > -FIRST_MICROS && epoch < FIRST_MICROS ? epoch * 1_000 : epoch;
    if (micros < IsoTime.FIRST || micros > IsoTime.LAST) {
      return refuse(Reason.BAD_TIME, column, "lies outside the years 1 to 9999", position);
    }
    into.set(row, micros);
    return null;
  }

  private Verdict.@Nullable Refused whole(int column, byte first, ColumnBatch batch, int row) {
    int position = json.position();
    if (!isNumber(first)) {
      return otherType(column, first, position);
    }
    json.readNumber();
    NumberReader number = json.number();
    if (!number.integral()) {
      return refuse(Reason.WRONG_TYPE, column, "is written with point or exponent", position);
    }
    boolean narrow = types[column] == ColumnType.INT;
    long value = number.fitsLong() ? number.longValue() : 0;
    if (!number.fitsLong() || (narrow && value != (int) value)) {
      return refuse(Reason.OUT_OF_RANGE, column, "does not fit its column", position);
    }
    if (narrow) {
      batch.ints(column).set(row, (int) value);
    } else {
      batch.longs(column).set(row, value);
    }
    return null;
  }

  private Verdict.@Nullable Refused binary(int column, byte first, BytesVector into, int row) {
    int position = json.position();
    if (first != '"') {
      return otherType(column, first, position);
    }
    json.readString();
    int start = json.stringStart();
    try {
      into.set(
          row,
          Base64.getDecoder()
              .decode(Arrays.copyOfRange(json.stringBytes(), start, start + json.stringLength())));
      return null;
    } catch (IllegalArgumentException _) {
      return refuse(Reason.WRONG_TYPE, column, "is no base64", position);
    }
  }

  /// After the object: what of the required is missing; the rest of the missing is null.
  private Verdict.@Nullable Refused absent(ColumnBatch batch) {
    for (int i = 0; i < seen.length; i++) {
      if (seen[i] != turn) {
        if (required[i]) {
          return refuse(Reason.MISSING_FIELD, i, "is missing", json.position() - 1);
        }
        batch.vector(i).setNull(batch.rows());
      }
    }
    return null;
  }

  private int columnNamed() {
    byte[] bytes = json.stringBytes();
    int start = json.stringStart();
    int length = json.stringLength();
    for (int i = 0; i < names.length; i++) {
      if (names[i].isText(bytes, start, length)) {
        return i;
      }
    }
    unknown.met(bytes, start, length);
    return -1;
  }

  private Verdict.Refused otherType(int column, byte first, int position) {
    json.skipValue();
    String what =
        switch (first) {
          case '"' -> "a string";
          case '{' -> "an object";
          case '[' -> "an array";
          case 't', 'f' -> "a boolean";
          default -> "a number";
        };
    String detail = "is " + what + " where " + types[column].sqlName() + " is wanted";
    return refuse(Reason.WRONG_TYPE, column, detail, position);
  }

  private Verdict.Refused refuse(Reason reason, int column, String detail, int position) {
    return new Verdict.Refused(
        reason, "field " + columns.get(column).name() + " " + detail, position);
  }

  private static boolean isNumber(byte first) {
    return first == '-' || (first >= '0' && first <= '9');
  }
}
