package dev.millrace.engine.assembly;

import dev.millrace.engine.lake.ClusterFiles;
import dev.millrace.engine.lake.parquet.ParquetFooters;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.settings.EngineSettings;
import dev.millrace.engine.settings.SparkSettings;
import dev.millrace.engine.transform.SqlEngine;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The SQL engines of a home: DuckDB in this process, and Spark once a transform asks for it.
///
/// Only transforms go to Spark: what a person looks at, the quality suites, the dead letters and
/// the warehouse's loads read with the engine in this process. Any thread may call.
public final class SqlEngines implements AutoCloseable {

  private final SqlEngine embedded;
  private final Lakes lakes;
  private final EngineSettings settings;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable SqlEngine spark;

  /// @param embedded closed with this
  SqlEngines(SqlEngine embedded, Lakes lakes, EngineSettings settings) {
    this.embedded = embedded;
    this.lakes = lakes;
    this.settings = settings;
  }

  /// The engine in this process.
  public SqlEngine embedded() {
    return embedded;
  }

  /// The engine that runs a pipeline's transforms.
  ///
  /// @throws dev.millrace.engine.error.MillraceException `MACHINE` when it is Spark and its jars
  ///   are not here
  public SqlEngine transforming(Pipeline pipeline) {
    return switch (settings.engineOf(pipeline)) {
      case DUCKDB -> embedded;
      case SPARK -> spark();
    };
  }

  /// Spark, loaded on the first call.
  ///
  /// @throws dev.millrace.engine.error.MillraceException `MACHINE` when its jars are not here
  private SqlEngine spark() {
    lock.lock();
    try {
      SqlEngine opened = spark;
      if (opened == null) {
        ClusterFiles files = lakes.cluster(settings.spark().lake());
        files.removeLeft(InstantSource.system().instant());
        opened = openSpark(settings.spark(), files);
        spark = opened;
      }
      return opened;
    } finally {
      lock.unlock();
    }
  }

  /// A Spark engine over files that the cluster reaches too; the caller closes it.
  ///
  /// @throws dev.millrace.engine.error.MillraceException `MACHINE` when its jars are not here
  public static SqlEngine openSpark(SparkSettings settings, ClusterFiles files) {
    return SparkJars.load().open(settings, files, new ParquetFooters());
  }

  @Override
  public void close() {
    lock.lock();
    try {
      if (spark != null) {
        spark.close();
      }
    } finally {
      lock.unlock();
      embedded.close();
    }
  }
}
