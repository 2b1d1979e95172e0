package dev.millrace.engine.transform;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Named parameters of a pipeline's SQL (`:pipeline_version`), put into its text as literals.
///
/// Literals, because Spark refuses bound parameters with Delta's extension; each is validated, so
/// that none can end its quotes.
final class SqlParameters {

  /// A parameter, or a stretch of text in which a colon means nothing: strings, quoted names,
  /// comments and casts.
  private static final Pattern TOKEN =
      Pattern.compile(
          "'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|`[^`]*`|--[^\\n]*|/\\*.*?\\*/|::|:([a-z_][a-z0-9_]*)",
          Pattern.DOTALL);

  private static final Pattern VERSION = Pattern.compile("[0-9A-Za-z][0-9A-Za-z.+_-]{0,63}");

  private final Map<String, String> literals;

  private SqlParameters(Map<String, String> literals) {
    this.literals = Map.copyOf(literals);
  }

  /// The parameters every pipeline's SQL may use.
  static SqlParameters of(String pipelineVersion, Instant processingTimestamp) {
    if (!VERSION.matcher(pipelineVersion).matches()) {
      throw new MillraceException(
          ErrorCode.DEFINITION,
          "'" + pipelineVersion + "' is no version of a pipeline",
          "write letters, digits, dots, hyphens, plus and underscores only, for example 1.0.0");
    }
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, processingTimestamp);
    return new SqlParameters(
        Map.of(
            "pipeline_version", "'" + pipelineVersion + "'",
            "processing_timestamp", "timestamp_micros(" + micros + ")"));
  }

  /// @throws MillraceException `SQL` when the text names a parameter that there is not
  String putInto(String sql) {
    Matcher matcher = TOKEN.matcher(sql);
    StringBuilder text = new StringBuilder();
    while (matcher.find()) {
      String name = matcher.group(1);
      String literal = name == null ? matcher.group() : literals.get(name);
      if (literal == null) {
        throw new MillraceException(
            ErrorCode.SQL,
            "There is no parameter :"
                + name
                + ", line "
                + (1 + sql.substring(0, matcher.start()).chars().filter(c -> c == '\n').count()),
            "use one of :" + String.join(", :", new TreeSet<>(literals.keySet())));
      }
      matcher.appendReplacement(text, Matcher.quoteReplacement(literal));
    }
    return matcher.appendTail(text).toString();
  }
}
