package dev.millrace.engine.quality.report;

import dev.millrace.engine.quality.ExpectationConfig;
import dev.millrace.engine.quality.ExpectationResult;
import dev.millrace.engine.quality.quarantine.KeptCount;
import dev.millrace.engine.quality.report.QualityReport.TableReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

  /// An expectation that a history names by its title, in words; of several that have one title,
  /// the second is named `… #2`.
  public static String named(TableReport table, String title) {
    Map<String, ExpectationConfig> byName = new HashMap<>();
    for (ExpectationResult result : table.results()) {
      String name = result.config().title();
      for (int nth = 2; byName.containsKey(name); nth++) {
        name = result.config().title() + " #" + nth;
      }
      byName.put(name, result.config());
    }
    ExpectationConfig known = byName.get(title);
    return known == null ? inGeneral(title) : sentence(known);
  }

  /// Titles in the sentences of the expectations that alone have them, and else in general words.
  private static String inWords(String titles, Stream<ExpectationConfig> known) {
    Map<String, Set<String>> sentences = new HashMap<>();
    known.forEach(
        config ->
            sentences.computeIfAbsent(config.title(), _ -> new HashSet<>()).add(sentence(config)));
    List<String> longestFirst =
        sentences.keySet().stream()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
    String words = titles;
    for (String title : longestFirst) {
      Set<String> said = sentences.getOrDefault(title, Set.of());
      if (said.size() == 1) {
        words = words.replace(title, said.iterator().next());
      }
    }
    return inGeneral(words);
  }

  private static String inGeneral(String titles) {
    return TITLE
        .matcher(titles)
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
