package dev.millrace.engine.care;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Where a value may have left traces: in texts, in bytes, and in the bounds kept of columns.
///
/// A trace is the whole word: `sensor-1` is none in `sensor-10`. Letters, digits, `_` and `-` make
/// a word. Values too short to tell anything by themselves (`7`) are looked for in their own
/// columns only.
final class Traces {

  /// Delta keeps this many characters of a long text's start.
  private static final int BOUND_PREFIX = 32;

  private static final int TELLING = 4;
  private static final int TELLING_IN_BYTES = 6;

  /// DuckDB shows a byte that is no plain letter as `\x22`, whose digits are no part of a word.
  private static final String EDGE_BEFORE = "(^|[^A-Za-z0-9_-]|\\\\x[0-9A-F]{2})";

  private static final String EDGE_AFTER = "($|[^A-Za-z0-9_-])";

  private static final Pattern NUMBER_OR_TIME =
      Pattern.compile("[-+0-9eE.:TZ ]+|true|false|[-+]?inf(inity)?|nan", Pattern.CASE_INSENSITIVE);

  private final Subject subject;
  private final String value;
  private final Set<String> spellings;
  private final List<byte[]> byteForms;

  Traces(Subject subject) {
    this.subject = subject;
    this.value = subject.value();
    this.spellings = spellings(value);
    this.byteForms = byteForms(spellings, value);
  }

  /// Whether the value alone tells whom it means.
  boolean telling() {
    return value.length() >= TELLING && value.chars().anyMatch(c -> !Character.isDigit(c));
  }

  /// Whether a text holds the value as a word, or is it.
  boolean in(String text) {
    if (text.equals(value)) {
      return true;
    }
    return telling() && spellings.stream().anyMatch(form -> holdsWord(text, form));
  }

  /// Whether bytes of any kind hold the value as a word.
  boolean in(byte[] bytes) {
    return telling()
        && byteForms.stream().anyMatch(form -> holdsWord(bytes, bytes.length, form, true, true));
  }

  /// Whether a bound that was kept of a column's values is the value, or the start of it.
  boolean inBound(String bound) {
    if (in(bound)) {
      return true;
    }
    return value.codePointCount(0, value.length()) > BOUND_PREFIX
        && bound.startsWith(value.substring(0, value.offsetByCodePoints(0, BOUND_PREFIX)));
  }

  /// Whether the value does not occur in bytes by chance.
  boolean tellingInBytes() {
    return telling() && value.length() >= TELLING_IN_BYTES;
  }

  /// Whether a stretch of a file's bytes holds the value.
  ///
  /// @param first whether the file begins with it
  /// @param last whether the file ends with it
  boolean inStretch(byte[] bytes, int length, boolean first, boolean last) {
    return byteForms.stream().anyMatch(form -> holdsWord(bytes, length, form, first, last));
  }

  /// Longest form in bytes, with its edges.
  int reach() {
    return 2 + byteForms.stream().mapToInt(form -> form.length).max().orElse(0);
  }

  /// Whether a number, a time or a truth value may be spelled as the value, or hold it.
  boolean mayBeNumber() {
    return !telling()
        || spellings.stream().anyMatch(form -> NUMBER_OR_TIME.matcher(form).matches());
  }

  /// Condition in SQL on the text of a whole row, `{'column': value, …}`.
  String condition(String rowText) {
    if (!telling()) {
      return matches(rowText, ownColumn());
    }
    // A plain search is many times as fast, and rules out nearly all rows.
    String plain =
        sqlForms().stream()
            .map(form -> "contains(" + rowText + ", " + Sql.text(form) + ")")
            .collect(Collectors.joining(" OR ", "(", ")"));
    return "(" + plain + " AND " + matches(rowText, word()) + ")";
  }

  /// The same on a row of a checkpoint, which also keeps the starts of long texts.
  String conditionOnBounds(String rowText) {
    boolean cut = value.codePointCount(0, value.length()) > BOUND_PREFIX;
    return cut
        ? matches(
            rowText,
            word() + "|" + quoted(value.substring(0, value.offsetByCodePoints(0, BOUND_PREFIX))))
        : condition(rowText);
  }

  private String word() {
    return EDGE_BEFORE
        + sqlForms().stream().map(Traces::quoted).collect(Collectors.joining("|", "(", ")"))
        + EDGE_AFTER;
  }

  /// The value right after the name of one of its columns, in a row's text or in JSON.
  private String ownColumn() {
    return subject.columns().stream()
            .sorted()
            .map(Traces::quoted)
            .collect(Collectors.joining("|", "['\"]?(", ")['\"]?: ?['\"]?"))
        + quoted(value)
        + "['\"]?[,}]";
  }

  private static String matches(String text, String pattern) {
    return "regexp_matches(" + text + ", " + Sql.text(pattern) + ")";
  }

  /// Condition in SQL on one text column.
  String conditionOnText(String column) {
    String equal = column + " = " + Sql.text(value);
    return telling() ? "(" + equal + " OR " + condition(column) + ")" : equal;
  }

  /// The spellings, and how DuckDB shows the bytes of those with other than ASCII characters.
  private Set<String> sqlForms() {
    Set<String> forms = new TreeSet<>(spellings);
    for (String form : spellings) {
      StringBuilder shown = new StringBuilder();
      for (byte b : form.getBytes(StandardCharsets.UTF_8)) {
        shown.append(b < 0 ? "\\x%02X".formatted(b & 0xff) : Character.toString((char) b));
      }
      forms.add(shown.toString());
    }
    return forms;
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (c < 0x80 && !Character.isLetterOrDigit(c)) {
                quoted.append('\\');
              }
              quoted.appendCodePoint(c);
            });
    return quoted.toString();
  }

  /// The value as it is, and as JSON may write it.
  private static Set<String> spellings(String value) {
    Set<String> forms = new LinkedHashSet<>();
    forms.add(value);
    StringBuilder lower = new StringBuilder();
    StringBuilder upper = new StringBuilder();
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        lower.append('\\').append(c);
        upper.append('\\').append(c);
        plain.append('\\').append(c);
      } else if (c < ' ' || c > '~') {
        lower.append("\\u%04x".formatted((int) c));
        upper.append("\\u%04X".formatted((int) c));
        plain.append(c);
      } else {
        lower.append(c);
        upper.append(c);
        plain.append(c);
      }
    }
    forms.add(lower.toString());
    forms.add(upper.toString());
    forms.add(plain.toString());
    return forms;
  }

  private static List<byte[]> byteForms(Set<String> spellings, String value) {
    List<byte[]> forms = new ArrayList<>();
    for (String form : spellings) {
      forms.add(form.getBytes(StandardCharsets.UTF_8));
    }
    for (Charset other :
        List.of(
            StandardCharsets.ISO_8859_1, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      if (other.newEncoder().canEncode(value)) {
        forms.add(value.getBytes(other));
      }
    }
    return forms;
  }

  private static boolean holdsWord(String text, String form) {
    for (int at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) {
      int end = at + form.length();
      if ((at == 0 || !inWord(text.charAt(at - 1)))
          && (end == text.length() || !inWord(text.charAt(end)))) {
        return true;
      }
    }
    return false;
  }

  private static boolean holdsWord(
      byte[] bytes, int length, byte[] form, boolean first, boolean last) {
    int end = length - form.length - (last ? 0 : 1);
    for (int at = first ? 0 : 1; at <= end; at++) {
      if (bytes[at] == form[0]
          && matches(bytes, at, form)
          && (at == 0 || !inWord((char) (bytes[at - 1] & 0xff)))
          && (at + form.length == length || !inWord((char) (bytes[at + form.length] & 0xff)))) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(byte[] bytes, int at, byte[] form) {
    for (int i = 1; i < form.length; i++) {
      if (bytes[at + i] != form[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean inWord(char c) {
    return (c >= '0' && c <= '9')
        || (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || c == '_'
        || c == '-';
  }
}
