package dev.millrace.engine.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A tiny pipeline that knows neither sensors nor places nor units: receipts of a shop's till.
final class TillReceipts {

  static final String YAML =
      """
      name: till-receipts
      version: 2.1
      title: Till receipts
      feeds:
        receipts:
          kafka: { topic: shop.Receipts, partitions: 1, key: receipt }
          schema:
            receipt: string not null
            cents: bigint
            paid_at: timestamp not null
          roles: { time: paid_at, value: cents }
          watermark: 1m
          trigger: 500ms
          batch: 10
      tables:
        gold.takings: { from: [silver.receipts], key: [day], sql: gold/takings.sql }
        silver.receipts: { from: bronze.receipts, key: receipt, partition: day, sql: silver.sql }
      quality:
        bronze.receipts: suite.json
      warehouse:
        receipts: { from: silver.receipts, replace: day }
        takings: { from: gold.takings, merge: true }
      flows:
        nightly:
          title: Close the till
          steps:
            - catch up receipts
            - check bronze.receipts
            - transform silver.receipts
            - load warehouse
      """;

  private TillReceipts() {}

  /// Writes the pipeline's folder under `parent`.
  static Path write(Path parent) {
    return write(parent, YAML);
  }

  static Path write(Path parent, String yaml) {
    Path folder = parent.resolve("till-receipts");
    file(folder, "pipeline.yaml", yaml);
    file(folder, "silver.sql", "SELECT * FROM bronze_receipts -- one row per receipt\n");
    file(folder, "gold/takings.sql", "SELECT day FROM silver_receipts GROUP BY day\n");
    file(folder, "suite.json", "{\"name\": \"receipts\", \"expectations\": []}\n");
    return folder;
  }

  static Path file(Path folder, String name, String text) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
