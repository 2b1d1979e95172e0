package dev.millrace.app.bundle;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Takes secrets out of text: what stands under a key that names one, what looks like one, and the
/// very values that are known to be secret, wherever they stand.
///
/// It would rather mask too much: a masked harmless value costs a question, a secret in a report
/// cannot be taken back.
final class Masking {

  static final String MASK = "***";

  /// Shorter values, and short ones that are plain words, stand for something else in too many
  /// places; under their keys they are masked all the same.
  private static final int SHORTEST = 6;

  private static final int SHORTEST_WORDS = 20;

  private static final Pattern WORDS = Pattern.compile("[a-z_. -]+|[A-Z_. -]+");

  /// Words that name a secret wherever they stand in a key; then those that do so only as a word of
  /// their own, between signs or humps (`db_pw`, `dbPw`), so that `bypass` and `keyboard` do not.
  private static final String SECRET_WORD =
      "password|passwd|passphrase|passcode|secret|token|credential|authori[sz]ation|cookie|webhook"
          + "|jaas[-_. ]?config|signature|keystore|(?:api|private|access|account)[-_. ]?key"
          + "|(?<![a-z])(?:pass|pw|pwd|psw|pin|otp|sas|auth)(?![a-z])"
          + "|(?-i:(?<=[a-z0-9])(?:Pass|Pw|Pwd|PW|PWD|Key|Pin|Sas|Auth)(?![a-z]))"
          + "|(?<=[-_.])keys?(?![a-z])";

  /// A key of YAML, properties or JSON, or an argument, that names a secret, up to its value.
  /// Bounded, so that a long line takes no longer than its length.
  private static final Pattern KEY =
      Pattern.compile(
          "(?i)[\"']?[\\w.-]{0,64}(?:" + SECRET_WORD + ")[\\w.-]{0,64}[\"']?\\s{0,8}[:=]\\s*");

  private static final String QUOTED = "\"(?:[^\"\\\\]|\\\\.)*+\"|'(?:[^']|'')*+'";

  /// The value of a key in a flow map, an address or a sentence goes to the end of its part.
  private static final Pattern PART = Pattern.compile(QUOTED + "|[^,}&\\s][^,}&]*");

  /// A key at the beginning of its line, after which the whole line is its value.
  private static final Pattern FIRST = Pattern.compile("[\\s\"'?-]*");

  private static final Pattern WHOLE = Pattern.compile("(?:" + QUOTED + ")(?=\\s*(?:[,}#]|$))|.+");

  private static final Pattern BLOCK = Pattern.compile("^[|>][+-]?\\d*\\s*(?:#.*)?$");

  private static final Pattern OPEN_QUOTE =
      Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*+$|'(?:[^']|'')*+$");

  private static final List<Pattern> LOOKS =
      List.of(
          // user:password@ or token@ of an address
          Pattern.compile("(?<=://)(?:[^\\s/@:\"']*:[^\\s\"']+|[^\\s/@:\"']+)(?=@)"),
          // ids of AWS keys, and what goes with them: 40 signs of base64, of every kind
          Pattern.compile("\\b(?:AKIA|ASIA|AIDA|AROA)[A-Z0-9]{16}\\b"),
          Pattern.compile(
              "(?<![\\w/+=.-])(?=[^\\s]{0,39}[A-Z])(?=[^\\s]{0,39}[a-z])(?=[^\\s]{0,39}\\d)"
                  + "[A-Za-z0-9/+]{40}(?![\\w/+=.-])"),
          // JSON web tokens
          Pattern.compile("\\beyJ[\\w-]+\\.[\\w-]+\\.[\\w-]*"),
          Pattern.compile("(?i)(?<=\\b(?:bearer|basic)\\s)[\\w.~+/=-]{8,}"),
          // tokens of GitHub, Slack, Databricks
          Pattern.compile("\\b(?:gh[pousr]_\\w{20,}|xox[abprs]-[\\w-]{10,}|dapi[0-9a-f]{32})\\b"));

  private static final Pattern PEM =
      Pattern.compile(
          "-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\\z)",
          Pattern.DOTALL);

  private final List<String> known;

  private Masking(List<String> known) {
    this.known = known;
  }

  /// @param secrets values that are masked wherever they stand, if they are long enough to be told
  ///   from other words
  static Masking knowing(Collection<String> secrets) {
    return new Masking(
        secrets.stream()
            .map(String::strip)
            .filter(Masking::telling)
            .distinct()
            // One may be a part of another.
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList());
  }

  private static boolean telling(String secret) {
    return secret.length() >= SHORTEST
        && (secret.length() >= SHORTEST_WORDS || !WORDS.matcher(secret).matches());
  }

  /// The values that stand under keys which name a secret, without their quotes.
  static Set<String> secretsIn(String text) {
    Set<String> secrets = new LinkedHashSet<>();
    lines(text, secret -> secrets.add(unquoted(secret)));
    return secrets;
  }

  private static String unquoted(String value) {
    String bare = value.strip();
    if (bare.length() >= 2
        && (bare.startsWith("\"") || bare.startsWith("'"))
        && bare.charAt(0) == bare.charAt(bare.length() - 1)) {
      return bare.substring(1, bare.length() - 1);
    }
    int comment = bare.indexOf(" #");
    return (comment < 0 ? bare : bare.substring(0, comment)).strip();
  }

  /// The text without secrets.
  String of(String text) {
    String masked = PEM.matcher(text).replaceAll(MASK);
    for (String secret : known) {
      masked = masked.replace(secret, MASK);
    }
    masked = lines(masked, _ -> {});
    for (Pattern look : LOOKS) {
      masked = look.matcher(masked).replaceAll(MASK);
    }
    return masked;
  }

  /// The text with masks where keys name secrets.
  ///
  /// @param secret hears each value that was masked
  private static String lines(String text, Consumer<String> secret) {
    List<String> masked = new ArrayList<>();
    int secretIndent = -1;
    for (String line : text.split("\n", -1)) {
      int indent = line.length() - line.stripLeading().length();
      if (secretIndent >= 0 && (line.isBlank() || indent > secretIndent)) {
        if (!line.isBlank()) {
          secret.accept(line.strip().replaceFirst("^- ", ""));
        }
        masked.add(line.isBlank() ? line : " ".repeat(indent) + MASK);
        continue;
      }
      secretIndent = goesOn(line) ? indent : -1;
      masked.add(line(line, secret));
    }
    return String.join("\n", masked);
  }

  /// Whether a secret of this line is what is more indented below it.
  private static boolean goesOn(String line) {
    Matcher key = KEY.matcher(line);
    if (!key.find()) {
      return false;
    }
    String value = line.substring(key.end()).strip();
    return value.isEmpty()
        || value.startsWith("#")
        || BLOCK.matcher(value).matches()
        || OPEN_QUOTE.matcher(value).matches();
  }

  private static String line(String line, Consumer<String> secret) {
    Matcher key = KEY.matcher(line);
    StringBuilder masked = new StringBuilder();
    int done = 0;
    while (key.find(done)) {
      boolean first = FIRST.matcher(line.substring(0, key.start())).matches();
      Matcher value = (first ? WHOLE : PART).matcher(line).region(key.end(), line.length());
      masked.append(line, done, key.end());
      done = key.end();
      if (value.lookingAt() && !BLOCK.matcher(line.substring(done).strip()).matches()) {
        secret.accept(value.group());
        masked.append(MASK);
        done = value.end();
      }
    }
    return masked.append(line, done, line.length()).toString();
  }
}
