package dev.millrace.engine.quality.report;

import dev.millrace.engine.model.Count;
import dev.millrace.engine.quality.Shown;
import dev.millrace.engine.quality.quarantine.KeptCount;
import dev.millrace.engine.quality.quarantine.KeptState;
import dev.millrace.engine.quality.report.QualityReport.Anomalies;
import dev.millrace.engine.quality.report.QualityReport.TableReport;
import java.util.ArrayList;
import java.util.List;

/// The few figures of a table that a reader looks for first.
public final class Facts {

  private Facts() {}

  /// One of them.
  ///
  /// @param name for people
  /// @param value for people, with its unit
  public record Fact(String name, String value) {}

  /// Three or four.
  public static List<Fact> of(TableReport table) {
    List<Fact> facts = new ArrayList<>();
    long released = table.judgings().released();
    facts.add(
        new Fact(
            released == 0 ? "Rows judged" : "Judged, beside %,d released".formatted(released),
            "%,d".formatted(table.judgings().rows())));
    facts.addFirst(
        new Fact(
            "%,d of %s met"
                .formatted(
                    table.record().passed(), Count.of(table.record().total(), "expectation")),
            Shown.percent(table.record().percent())));
    long open =
        table.kept().stream()
            .filter(count -> count.state() == KeptState.OPEN)
            .mapToLong(KeptCount::rows)
            .sum();
    facts.add(new Fact("Open rows in quarantine", open == 0 ? "none" : "%,d".formatted(open)));
    if (!table.anomalies().isEmpty()) {
      Anomalies all = AnomalyMap.of(table.anomalies()).all().total();
      facts.add(new Fact("Readings that are anomalies", Shown.percent(all.percent())));
    }
    return facts;
  }
}
