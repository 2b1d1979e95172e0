package dev.millrace.engine.pipeline;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Which engine runs a pipeline's SQL.
public enum EngineKind {
  /// Inside this process.
  DUCKDB,
  /// On a cluster, through Spark Connect.
  SPARK;

  /// As a definition and a command line write them.
  public static final List<String> WORDS = Arrays.stream(values()).map(EngineKind::word).toList();

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The kind of one of {@link #WORDS}.
  public static EngineKind of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
