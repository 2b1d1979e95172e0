package dev.millrace.spark;

import java.io.IOException;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.connect.service.SparkConnectService$;

/// A Spark Connect server on a free port of the loopback address, until its standard input ends: it
/// never outlives who started it.
///
/// Its first line on standard output is {@link #READY} and the port.
final class ConnectMain {

  static final String READY = "connect port ";

  private ConnectMain() {}

  /// @param arguments folder of scratch and warehouse
  public static void main(String[] arguments) throws IOException {
    String folder = arguments[0];
    SparkSession session =
        SparkSession.builder()
            .master("local[2]")
            .appName("connect server of the tests")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.connect.grpc.binding.address", "127.0.0.1")
            .config("spark.connect.grpc.binding.port", "0")
            .config("spark.sql.shuffle.partitions", "4")
            .config("spark.sql.warehouse.dir", folder + "/warehouse")
            .config("spark.local.dir", folder)
            .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
            .config(
                "spark.sql.catalog.spark_catalog",
                "org.apache.spark.sql.delta.catalog.DeltaCatalog")
            .getOrCreate();
    SparkConnectService$.MODULE$.start(session.sparkContext());
    System.out.println(READY + SparkConnectService$.MODULE$.localPort());
    System.out.flush();
    while (System.in.read() >= 0) {
      // Only its end matters.
    }
    Runtime.getRuntime().halt(0);
  }
}
