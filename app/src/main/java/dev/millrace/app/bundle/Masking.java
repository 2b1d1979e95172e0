package dev.millrace.app.bundle;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Takes secrets out of text: what stands under a key that names one, and what looks like one.
///
/// It would rather mask too much: a masked harmless value costs a question, a secret in a report
/// cannot be taken back.
final class Masking {

  static final String MASK = "***";

  private static final String SECRET_WORD =
      "pass(?:word|wd|phrase)|\\bpass\\b|secret|token|credentials?|api[-_. ]?key|access[-_."
          + " ]?key(?:[-_. ]?id)?|private[-_. ]?key|account[-_. ]?key|jaas[-_."
          + " ]?config|authori[sz]ation|cookie|webhook";

  /// A key of YAML, properties or JSON, or an argument, that names a secret, up to its value.
  /// Bounded, so that a long line takes no longer than its length.
  private static final Pattern KEY =
      Pattern.compile(
          "(?i)[\"']?[\\w.-]{0,64}(?:" + SECRET_WORD + ")[\\w.-]{0,64}[\"']?\\s{0,8}[:=]\\s*");

  /// The value of a key goes to the end of its line, or of its part of a flow map or an address.
  private static final Pattern VALUE = Pattern.compile("\"[^\"]*\"|'[^']*'|[^,}&\\s][^,}&]*");

  private static final Pattern BLOCK = Pattern.compile("^[|>][+-]?\\d*\\s*(?:#.*)?$");

  private static final List<Pattern> LOOKS =
      List.of(
          // user:password@ of an address
          Pattern.compile("(?<=://)[^\\s/@:]*:[^\\s/@]+(?=@)"),
          // key ids of AWS
          Pattern.compile("\\b(?:AKIA|ASIA|AIDA|AROA)[A-Z0-9]{16}\\b"),
          // JSON web tokens
          Pattern.compile("\\beyJ[\\w-]+\\.[\\w-]+\\.[\\w-]*"),
          Pattern.compile("(?i)(?<=\\b(?:bearer|basic)\\s)[\\w.~+/=-]{8,}"),
          // tokens of GitHub, Slack, Databricks
          Pattern.compile("\\b(?:gh[pousr]_\\w{20,}|xox[abprs]-[\\w-]{10,}|dapi[0-9a-f]{32})\\b"));

  private static final Pattern PEM =
      Pattern.compile(
          "-----BEGIN [A-Z ]*PRIVATE KEY-----.*?-----END [A-Z ]*PRIVATE KEY-----", Pattern.DOTALL);

  private Masking() {}

  /// The text without secrets.
  static String of(String text) {
    String whole = PEM.matcher(text).replaceAll(MASK);
    List<String> masked = new ArrayList<>();
    int secretIndent = -1;
    for (String line : whole.split("\n", -1)) {
      int indent = line.length() - line.stripLeading().length();
      if (secretIndent >= 0 && (line.isBlank() || indent > secretIndent)) {
        masked.add(line.isBlank() ? line : " ".repeat(indent) + MASK);
        continue;
      }
      secretIndent = -1;
      Matcher key = KEY.matcher(line);
      if (key.find()) {
        String value = line.substring(key.end()).strip();
        if (value.isEmpty() || value.startsWith("#") || BLOCK.matcher(value).matches()) {
          // What is more indented below is the value.
          secretIndent = indent;
        }
      }
      masked.add(line(line));
    }
    return String.join("\n", masked);
  }

  private static String line(String line) {
    String masked = keys(line);
    for (Pattern look : LOOKS) {
      masked = look.matcher(masked).replaceAll(MASK);
    }
    return masked;
  }

  private static String keys(String line) {
    Matcher key = KEY.matcher(line);
    Matcher value = VALUE.matcher(line);
    StringBuilder masked = new StringBuilder();
    int done = 0;
    while (key.find(done)) {
      value.region(key.end(), line.length());
      masked.append(line, done, key.end());
      done = key.end();
      if (value.lookingAt() && !BLOCK.matcher(line.substring(done).strip()).matches()) {
        masked.append(MASK);
        done = value.end();
      }
    }
    return masked.append(line, done, line.length()).toString();
  }
}
