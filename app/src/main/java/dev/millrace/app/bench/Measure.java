package dev.millrace.app.bench;

/// What one run of the ingest bench measures, each in a JVM of its own.
public enum Measure {
  /// A bare Kafka consumer that reads all and looks at nothing.
  CONSUME("bare consumer"),
  /// Values in memory through the decoder into batches that are thrown away.
  DECODE("decode only"),
  /// The same, with every full batch written to a Parquet file.
  WRITE("decode and write Parquet"),
  /// The real stream worker, Kafka to Bronze with Delta commits.
  WORKER("stream worker");

  private final String title;

  Measure(String title) {
    this.title = title;
  }

  public String title() {
    return title;
  }
}
