package dev.millrace.engine.event;

/// Why a value is no event of its feed. The names stand in the dead-letter tables and stay.
public enum Reason {
  /// The text is not JSON (RFC 8259).
  NOT_JSON(true),
  /// A string in the text is not valid UTF-8.
  NOT_UTF8(true),
  /// The text is JSON, but something other than one object.
  NOT_AN_OBJECT(false),
  /// Objects and arrays in fields of no column stand deeper in each other than is allowed.
  TOO_DEEP(false),
  /// The value is longer than is allowed; it was not looked into.
  TOO_LARGE(false),
  /// A required column has no field.
  MISSING_FIELD(false),
  /// A required column is null.
  NULL_FIELD(false),
  /// Two fields name the same column.
  DUPLICATE_FIELD(false),
  /// A field holds another type than its column.
  WRONG_TYPE(false),
  /// A number does not fit its column.
  OUT_OF_RANGE(false),
  /// A time or date is none, or none of the calendar.
  BAD_TIME(false);

  private final boolean parse;

  Reason(boolean parse) {
    this.parse = parse;
  }

  /// Whether the text itself is at fault, whatever the feed's schema.
  public boolean parse() {
    return parse;
  }
}
