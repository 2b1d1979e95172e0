package dev.millrace.engine.quality;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What an expectation asks, in words.
public final class Asked {

  /// An expectation by its name.
  private static final Pattern NAME =
      Pattern.compile(
          "(?<type>expect_\\w+|unexpected_rows_expectation)(?: \\(\\[?(?<columns>[^)\\]]*)\\]?\\))?"
              + "(?:: (?<asked>.*)|(?<where> where .*))?",
          Pattern.DOTALL);

  /// Lines of a query that a report has room for.
  private static final int MOST_LINES = 12;

  /// Characters of a query that a report has room for.
  private static final int MOST_CHARACTERS = 900;

  private Asked() {}

  /// What an expectation asks, for people who know no JSON.
  public static String sentence(ExpectationConfig config) {
    String purpose = config.purpose();
    if (!purpose.equals(config.title())) {
      return purpose;
    }
    return Sentence.of(config);
  }

  /// What it asks in figures, where its author noted something else; empty where the sentence
  /// itself tells.
  public static Optional<String> detail(ExpectationConfig config) {
    return config.purpose().equals(config.title())
        ? Optional.empty()
        : Optional.of(Sentence.of(config));
  }

  /// An expectation of which only the name is known, in words.
  public static String byName(String name) {
    Matcher found = NAME.matcher(name);
    if (!found.matches()) {
      return name;
    }
    String asked =
        found.group("asked") == null ? Sentence.general(found.group("type")) : found.group("asked");
    String words = asked + Objects.requireNonNullElse(found.group("where"), "");
    return found.group("columns") == null
        ? Sentence.capital(words)
        : found.group("columns") + ": " + words;
  }

  /// The expectation as its suite names it, with its arguments.
  public static String technical(ExpectationConfig config) {
    List<String> parts = new ArrayList<>();
    config
        .kwargs()
        .forEach(
            (name, value) -> {
              if (value != null
                  && !name.equals("result_format")
                  && !name.equals("condition_parser")) {
                parts.add(name + "=" + Shown.value(value));
              }
            });
    return config.type() + "(" + String.join(", ", parts) + ")";
  }

  /// What a type of expectations asks, without its arguments: `values are in set`.
  public static String general(String type) {
    return Sentence.general(type);
  }

  /// The SQL of an expectation that is a query, or several, as its author laid it out, cut where it
  /// is long; empty for any other.
  public static Optional<String> query(ExpectationConfig config) {
    List<String> queries =
        Stream.of("unexpected_rows_query", "base_query", "comparison_query")
            .map(config.kwargs()::get)
            .filter(String.class::isInstance)
            .map(String.class::cast)
            .map(Asked::cut)
            .toList();
    return queries.isEmpty()
        ? Optional.empty()
        : Optional.of(String.join("\n\n-- compared with\n", queries));
  }

  private static String cut(String sql) {
    List<String> lines =
        sql.stripTrailing().stripIndent().strip().lines().map(String::stripTrailing).toList();
    String shown = String.join("\n", lines.subList(0, Math.min(MOST_LINES, lines.size())));
    if (shown.codePointCount(0, shown.length()) > MOST_CHARACTERS) {
      return shown.substring(0, shown.offsetByCodePoints(0, MOST_CHARACTERS)) + " …";
    }
    return lines.size() <= MOST_LINES
        ? shown
        : shown + "\n… (" + lines.size() + " lines; the suite has them all)";
  }
}
