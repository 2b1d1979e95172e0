package dev.millrace.engine.event;

/// Reader of times and dates as RFC 3339 and ISO 8601 write them, straight from their bytes.
///
/// A time is `yyyy-mm-dd`, then `T` or a blank, `hh:mm`, perhaps `:ss`, perhaps a fraction of 1 to
/// 9 digits (what is below a microsecond is cut off), then `Z`, `+hh:mm`, `+hhmm` or `+hh`. Years
/// run from 0001 to 9999. Leap seconds and `24:00` are refused, as `java.time` does.
final class IsoTime {

  /// Result: the text is no time at all.
  static final long NOT_A_TIME = Long.MIN_VALUE;

  /// Result: the time has no offset, so that it names no instant.
  static final long NO_OFFSET = Long.MIN_VALUE + 1;

  /// Result: no calendar or clock shows this.
  static final long NOT_OF_THE_CALENDAR = Long.MIN_VALUE + 2;

  /// Every result up to this one is a fault.
  static final long LAST_FAULT = NOT_OF_THE_CALENDAR;

  /// 0001-01-01T00:00:00Z in microseconds.
  static final long FIRST = -62_135_596_800_000_000L;

  /// 9999-12-31T23:59:59.999999Z in microseconds.
  static final long LAST = 253_402_300_799_999_999L;

  private static final int DATE_LENGTH = 10;

  private IsoTime() {}

  /// Microseconds since 1970-01-01T00:00:00Z, or one of the faults.
  static long micros(byte[] text, int offset, int length) {
    long day = epochDay(text, offset, Math.min(length, DATE_LENGTH));
    if (day == NOT_A_TIME) {
      return NOT_A_TIME;
    }
    int at = offset + DATE_LENGTH;
    int end = offset + length;
    if (end - at < 6 || !separates(text[at]) || text[at + 3] != ':') {
      return NOT_A_TIME;
    }
    int hour = twoDigits(text, at + 1);
    int minute = twoDigits(text, at + 4);
    int second = 0;
    long fraction = 0;
    at += 6;
    if (at < end && text[at] == ':') {
      if (end - at < 3) {
        return NOT_A_TIME;
      }
      second = twoDigits(text, at + 1);
      at += 3;
      if (at < end && text[at] == '.') {
        int first = ++at;
        long unit = 100_000;
        for (; at < end && isDigit(text[at]); at++, unit /= 10) {
          fraction += (text[at] - '0') * unit;
        }
        if (at == first || at - first > 9) {
          return NOT_A_TIME;
        }
      }
    }
    if ((hour | minute | second) < 0) {
      return NOT_A_TIME;
    }
    long shift = shiftSeconds(text, at, end);
    if (shift <= LAST_FAULT) {
      return shift;
    }
    if (day == NOT_OF_THE_CALENDAR || hour > 23 || minute > 59 || second > 59) {
      return NOT_OF_THE_CALENDAR;
    }
    long seconds = day * 86_400 + hour * 3_600L + minute * 60L + second - shift;
    long micros = seconds * 1_000_000 + fraction;
    return micros < FIRST || micros > LAST ? NOT_OF_THE_CALENDAR : micros;
  }

  /// Days since 1970-01-01 of `yyyy-mm-dd`, or one of the faults.
  static long epochDay(byte[] text, int offset, int length) {
    if (length != DATE_LENGTH || text[offset + 4] != '-' || text[offset + 7] != '-') {
      return NOT_A_TIME;
    }
    int century = twoDigits(text, offset);
    int ofCentury = twoDigits(text, offset + 2);
    int month = twoDigits(text, offset + 5);
    int day = twoDigits(text, offset + 8);
    if ((century | ofCentury | month | day) < 0) {
      return NOT_A_TIME;
    }
    int year = century * 100 + ofCentury;
    if (year == 0 || month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) {
      return NOT_OF_THE_CALENDAR;
    }
    return epochDay(year, month, day);
  }

  /// What a fault says to people.
  static String describe(long fault) {
    if (fault == NO_OFFSET) {
      return "is a time without an offset, such as Z or +01:00";
    }
    return fault == NOT_OF_THE_CALENDAR
        ? "is a time or date no calendar has"
        : "is no time of ISO 8601, such as 2026-01-31T12:00:00Z";
  }

  private static long shiftSeconds(byte[] text, int at, int end) {
    if (at == end) {
      return NO_OFFSET;
    }
    byte sign = text[at];
    if (sign == 'Z' || sign == 'z') {
      return at + 1 == end ? 0 : NOT_A_TIME;
    }
    if (sign != '+' && sign != '-') {
      return NOT_A_TIME;
    }
    int length = end - at;
    int minuteAt = length == 6 && text[at + 3] == ':' ? at + 4 : length == 5 ? at + 3 : -1;
    if (minuteAt < 0 && length != 3) {
      return NOT_A_TIME;
    }
    int hours = twoDigits(text, at + 1);
    int minutes = minuteAt < 0 ? 0 : twoDigits(text, minuteAt);
    if ((hours | minutes) < 0) {
      return NOT_A_TIME;
    }
    if (minutes > 59 || hours * 60 + minutes > 18 * 60) {
      return NOT_OF_THE_CALENDAR;
    }
    long seconds = hours * 3_600L + minutes * 60L;
    return sign == '-' ? -seconds : seconds;
  }

  /// Days from civil, Howard Hinnant, "chrono-compatible low-level date algorithms".
  private static long epochDay(int year, int month, int day) {
    int y = month <= 2 ? year - 1 : year;
    int era = y / 400;
    int yearOfEra = y - era * 400;
    int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146_097L + dayOfEra - 719_468;
  }

  private static int daysOf(int year, int month) {
    if (month == 2) {
      return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
    }
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
  }

  private static boolean separates(byte c) {
    return c == 'T' || c == 't' || c == ' ';
  }

  private static boolean isDigit(byte c) {
    return c >= '0' && c <= '9';
  }

  /// The number two digits show, or a negative one.
  private static int twoDigits(byte[] text, int at) {
    int tens = text[at] - '0';
    int ones = text[at + 1] - '0';
    return (tens | ones | (9 - tens) | (9 - ones)) < 0 ? -1 : tens * 10 + ones;
  }
}
