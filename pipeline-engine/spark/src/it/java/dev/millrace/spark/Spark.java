package dev.millrace.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/// The one Spark of these tests, in this process, with Delta Lake. Spark ends it with the process.
final class Spark {

  private static final class Holder {
    static final SparkSession SESSION = start();
  }

  private Spark() {}

  static SparkSession session() {
    return Holder.SESSION;
  }

  private static SparkSession start() {
    Path home;
    try {
      home = Files.createTempDirectory("spark-it");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    home.toFile().deleteOnExit();
    return SparkSession.builder()
        .master("local[1]")
        .appName("outside reader")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.shuffle.partitions", "1")
        .config("spark.databricks.delta.snapshotPartitions", "1")
        .config("spark.sql.warehouse.dir", home.toUri().toString())
        .config("spark.local.dir", home.toString())
        .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
        .config(
            "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
        .getOrCreate();
  }
}
