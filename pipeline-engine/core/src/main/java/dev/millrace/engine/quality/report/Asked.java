package dev.millrace.engine.quality.report;

import dev.millrace.engine.quality.ExpectationConfig;
import dev.millrace.engine.quality.ExpectationResult;
import dev.millrace.engine.quality.quarantine.KeptCount;
import dev.millrace.engine.quality.report.QualityReport.TableReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What an expectation asks, in words.
public final class Asked {

  /// An expectation of columns as the quarantine names it.
  private static final Pattern TITLE = Pattern.compile("(expect_\\w+) \\(\\[?([^)\\]]*)\\]?\\)");

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

  /// Reasons of rows in quarantine in words. Only what was not met can be one; what another suite
  /// asks is told by its type and column.
  public static String reasons(TableReport table, KeptCount kept) {
    return inWords(
        kept.reasons(),
        Stream.concat(
            table.failed().stream().map(ExpectationResult::config),
            table.judgings().missed().stream().map(Judgings.Missed::config)));
  }

  /// An expectation that a history names by its title, in words.
  public static String named(TableReport table, String title) {
    return inWords(title, table.results().stream().map(ExpectationResult::config));
  }

  private static String inWords(String titles, Stream<ExpectationConfig> known) {
    String words = titles;
    List<ExpectationConfig> longestFirst =
        known
            .sorted(Comparator.comparingInt((ExpectationConfig c) -> c.title().length()).reversed())
            .toList();
    for (ExpectationConfig config : longestFirst) {
      words = words.replace(config.title(), sentence(config));
    }
    return TITLE
        .matcher(words)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(found.group(2) + ": " + Sentence.general(found.group(1))));
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
