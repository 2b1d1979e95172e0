package dev.millrace.engine.quality.report;

import dev.millrace.engine.quality.Asked;
import dev.millrace.engine.quality.ExpectationConfig;
import dev.millrace.engine.quality.ExpectationResult;
import dev.millrace.engine.quality.Names;
import dev.millrace.engine.quality.quarantine.KeptCount;
import dev.millrace.engine.quality.report.QualityReport.TableReport;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a report says of expectations that were kept by their names, beside rows or in a history:
/// those that it has itself in the same words, all others by what their names say.
public final class NamedBefore {

  private NamedBefore() {}

  /// Reasons of rows in quarantine in words.
  public static String reasons(TableReport table, KeptCount kept) {
    List<ExpectationConfig> missed =
        Stream.concat(
                table.failed().stream().map(ExpectationResult::config),
                table.judgings().missed().stream().map(Judgings.Missed::config))
            .toList();
    return kept.reasons().stream()
        .map(reason -> reason(reason, missed))
        .collect(Collectors.joining("; "));
  }

  private static String reason(String reason, List<ExpectationConfig> missed) {
    List<String> known =
        missed.stream()
            .filter(config -> reason.equals(Names.full(config)) || reason.equals(config.title()))
            .map(Asked::sentence)
            .distinct()
            .toList();
    return known.size() == 1 ? known.getFirst() : Asked.byName(reason);
  }

  /// An expectation that a history names, in words.
  public static String named(TableReport table, String name) {
    List<ExpectationConfig> suite =
        table.results().stream().map(ExpectationResult::config).toList();
    int known = Names.of(suite).indexOf(name);
    return known < 0 ? Asked.byName(name) : Asked.sentence(suite.get(known));
  }
}
