package dev.millrace.engine.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Strict reader of one JSON text (RFC 8259, of I-JSON the rule on surrogates) in its bytes.
///
/// Strict means: valid UTF-8 in strings, no byte order mark, no half surrogate pair, no control
/// character in a string, no leading zero, nothing after the value. Depth costs one bit per level
/// and no recursion, so that 100,000 brackets cost 12 KB. Throws {@link JsonFault}; confined to one
/// thread.
final class JsonCursor {

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long TOPS = 0x8080808080808080L;

  private byte[] text = {};
  private int base;
  private int end;
  private int at;

  private byte[] scratch = new byte[256];
  private byte[] stringBytes = scratch;
  private int stringStart;
  private int stringLength;

  private final NumberReader number = new NumberReader();
  private long[] objects = new long[4];
  private int deepest;

  void reset(byte[] value, int offset, int length) {
    text = value;
    base = offset;
    at = offset;
    end = offset + length;
    deepest = 0;
  }

  /// Byte of the text, from 0, the cursor stands at.
  int position() {
    return at - base;
  }

  /// Index in the value's array the cursor stands at.
  int mark() {
    return at;
  }

  /// The array of the value.
  byte[] text() {
    return text;
  }

  /// After a value: takes a comma and tells true, or takes the closing bracket and tells false.
  boolean anotherIn(char closing) {
    if (peek() == ',') {
      at++;
      return true;
    }
    expect(closing);
    return false;
  }

  /// Levels of objects and arrays in each other that {@link #skipValue} met since the reset.
  int deepest() {
    return deepest;
  }

  /// Bytes, start and length of the string read last; valid until the next read.
  byte[] stringBytes() {
    return stringBytes;
  }

  int stringStart() {
    return stringStart;
  }

  int stringLength() {
    return stringLength;
  }

  NumberReader number() {
    return number;
  }

  /// The byte after blanks, without taking it; a fault at the end.
  byte peek() {
    skipBlanks();
    if (at == end) {
      throw cut();
    }
    return text[at];
  }

  boolean atEnd() {
    skipBlanks();
    return at == end;
  }

  void take() {
    at++;
  }

  void expect(char wanted) {
    if (peek() != wanted) {
      throw unexpected("where " + wanted + " is due");
    }
    at++;
  }

  /// Takes the name and its quotes when exactly this stands here, written without escapes.
  boolean takeName(FieldName name) {
    if (name.standsAt(text, at, end)) {
      at += name.quotedLength();
      return true;
    }
    return false;
  }

  void readName() {
    if (peek() != '"') {
      throw unexpected("where a field's name is due");
    }
    readString();
  }

  void takeNull() {
    literal("null");
  }

  boolean readBoolean() {
    boolean value = text[at] == 't';
    literal(value ? "true" : "false");
    return value;
  }

  void readNumber() {
    at = number.read(text, base, at, end);
  }

  /// Reads the string whose quote stands here; without escapes its bytes stay where they are.
  void readString() {
    int start = at + 1;
    int i = plainUntil(start);
    while (true) {
      if (i >= end) {
        throw fault(Reason.NOT_JSON, "the text ends within a string", end - base);
      }
      byte c = text[i];
      if (c == '"') {
        stringBytes = text;
        stringStart = start;
        stringLength = i - start;
        at = i + 1;
        return;
      }
      if (c == '\\') {
        readEscaped(start, i);
        return;
      }
      i = plainUntil(c < 0 ? afterSequence(i) : control(i));
    }
  }

  private void readEscaped(int start, int firstEscape) {
    int length = firstEscape - start;
    room(length);
    System.arraycopy(text, start, scratch, 0, length);
    int i = firstEscape;
    while (true) {
      if (i >= end) {
        throw fault(Reason.NOT_JSON, "the text ends within a string", end - base);
      }
      byte c = text[i];
      if (c == '"') {
        break;
      }
      room(length + 4);
      if (c == '\\') {
        i = unescape(i, length);
        length = stringLength;
      } else {
        int next = c < 0 ? afterSequence(i) : c < 0x20 ? control(i) : i + 1;
        while (i < next) {
          scratch[length++] = text[i++];
        }
      }
    }
    stringBytes = scratch;
    stringStart = 0;
    stringLength = length;
    at = i + 1;
  }

  /// Appends what the escape at `i` means to the scratch, leaves its new length in `stringLength`
  /// and returns where the text goes on.
  private int unescape(int i, int length) {
    if (i + 1 >= end) {
      throw fault(Reason.NOT_JSON, "the text ends within a string", end - base);
    }
    int c =
        switch (text[i + 1]) {
          case '"' -> '"';
          case '\\' -> '\\';
          case '/' -> '/';
          case 'b' -> '\b';
          case 'f' -> '\f';
          case 'n' -> '\n';
          case 'r' -> '\r';
          case 't' -> '\t';
          case 'u' -> -1;
          default -> throw fault(Reason.NOT_JSON, "a backslash begins no escape of JSON", i - base);
        };
    int next = i + 2;
    if (c < 0) {
      c = hex(i, i + 2);
      next = i + 6;
      if (c >= 0xDC00 && c <= 0xDFFF) {
        throw halfPair(i);
      }
      if (c >= 0xD800 && c <= 0xDBFF) {
        if (next + 1 >= end || text[next] != '\\' || text[next + 1] != 'u') {
          throw halfPair(i);
        }
        int low = hex(next, next + 2);
        if (low < 0xDC00 || low > 0xDFFF) {
          throw halfPair(i);
        }
        c = Character.toCodePoint((char) c, (char) low);
        next += 6;
      }
    }
    stringLength = Utf8.encode(c, scratch, length);
    return next;
  }

  private int hex(int escape, int from) {
    int value = 0;
    for (int i = from; i < from + 4; i++) {
      int digit = i < end ? Character.digit(text[i], 16) : -1;
      if (digit < 0) {
        throw fault(Reason.NOT_JSON, "\\u needs four hexadecimal digits", escape - base);
      }
      value = value << 4 | digit;
    }
    return value;
  }

  /// Skips any value, checking it whole.
  void skipValue() {
    int depth = 0;
    while (true) {
      byte c = peek();
      boolean opened = false;
      if (c == '"') {
        readString();
      } else if (c == '{' || c == '[') {
        at++;
        depth = open(depth, c == '{');
        boolean empty = peek() == (c == '{' ? '}' : ']');
        if (!empty && c == '{') {
          readName();
          expect(':');
        }
        opened = !empty;
      } else {
        scalar(c);
      }
      if (!opened) {
        depth = close(depth);
        if (depth == 0) {
          return;
        }
      }
    }
  }

  /// After a value: takes closing brackets, then the comma before the next value, and its name.
  private int close(int depth) {
    int level = depth;
    while (level > 0) {
      boolean object = isObject(level - 1);
      byte c = peek();
      if (c == (object ? '}' : ']')) {
        at++;
        level--;
      } else if (c == ',') {
        at++;
        if (object) {
          readName();
          expect(':');
        }
        return level;
      } else {
        throw unexpected(object ? "where , or } is due" : "where , or ] is due");
      }
    }
    return 0;
  }

  private void scalar(byte c) {
    switch (c) {
      case 't' -> literal("true");
      case 'f' -> literal("false");
      case 'n' -> literal("null");
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> readNumber();
      default -> throw unexpected("where a value is due");
    }
  }

  private int open(int depth, boolean object) {
    int word = depth >> 6;
    if (word == objects.length) {
      objects = Arrays.copyOf(objects, 2 * word);
    }
    long bit = 1L << depth;
    objects[word] = object ? objects[word] | bit : objects[word] & ~bit;
    deepest = Math.max(deepest, depth + 1);
    return depth + 1;
  }

  private boolean isObject(int level) {
    return (objects[level >> 6] >> level & 1) != 0;
  }

  private void literal(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (at + i >= end) {
        throw cut();
      }
      if (text[at + i] != word.charAt(i)) {
        throw unexpected("where a value is due");
      }
    }
    at += word.length();
  }

  private void skipBlanks() {
    while (at < end) {
      byte c = text[at];
      if (c > ' ' || c < 0 || (c != ' ' && c != '\n' && c != '\r' && c != '\t')) {
        return;
      }
      at++;
    }
  }

  /// First byte from `i` on that is a quote, a backslash, a control character or not ASCII; eight
  /// at a time. The lowest bit set in each mask is exact, higher ones may be borrow, which does not
  /// matter.
  private int plainUntil(int from) {
    int i = from;
    for (; i + 8 <= end; i += 8) {
      long word = (long) WORD.get(text, i);
      long quote = word ^ ONES * '"';
      long slash = word ^ ONES * '\\';
      long hit =
          ((quote - ONES & ~quote) | (slash - ONES & ~slash) | (word - ONES * 0x20 & ~word) | word)
              & TOPS;
      if (hit != 0) {
        return i + (Long.numberOfTrailingZeros(hit) >>> 3);
      }
    }
    while (i < end && text[i] >= 0x20 && text[i] != '"' && text[i] != '\\') {
      i++;
    }
    return i;
  }

  /// Where the text goes on after the UTF-8 sequence that begins at `i`.
  private int afterSequence(int i) {
    int length = Utf8.sequenceLength(text, i, end);
    if (length == 0) {
      throw fault(Reason.NOT_UTF8, "the bytes of a string are not UTF-8", i - base);
    }
    return i + length;
  }

  private int control(int i) {
    throw fault(
        Reason.NOT_JSON,
        "a string holds the control character %#04x unescaped".formatted(text[i]),
        i - base);
  }

  private void room(int length) {
    if (length > scratch.length) {
      scratch = Arrays.copyOf(scratch, 2 * length);
    }
  }

  private JsonFault halfPair(int i) {
    return fault(Reason.NOT_JSON, "an escape is half of a surrogate pair", i - base);
  }

  private JsonFault cut() {
    return fault(Reason.NOT_JSON, "the text ends too early", end - base);
  }

  private JsonFault unexpected(String where) {
    int c = text[at] & 0xFF;
    String what = c > 0x20 && c < 0x7F ? String.valueOf((char) c) : "byte %#04x".formatted(c);
    return fault(Reason.NOT_JSON, what + " stands " + where, at - base);
  }

  private static JsonFault fault(Reason reason, String detail, int position) {
    return new JsonFault(reason, detail, position);
  }
}
