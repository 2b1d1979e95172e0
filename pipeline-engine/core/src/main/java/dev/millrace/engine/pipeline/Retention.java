package dev.millrace.engine.pipeline;

import dev.millrace.engine.model.TableName;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// How long rows are kept, by layer and by table; applied only by `millrace table expire`.
///
/// @param settings by layer (`bronze`) or table (`gold.daily_summary`); an empty one is for ever
public record Retention(Map<String, Optional<Duration>> settings) {

  /// What Bronze and the dead letters are kept for when nothing else is said: two years.
  public static final Duration DEFAULT = Duration.ofDays(730);

  /// Nothing said.
  public static final Retention NONE_SAID = new Retention(Map.of());

  public Retention {
    settings = Map.copyOf(settings);
  }

  /// What is said of a table, or else of its layer; empty when nothing is.
  Optional<Optional<Duration>> said(TableName table) {
    Optional<Duration> own = settings.get(table.toString());
    if (own == null) {
      own = settings.get(table.layer().sqlName());
    }
    return Optional.ofNullable(own);
  }
}
