package dev.millrace.engine.transform.spark;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.settings.SparkSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.connect.SparkSession;
import org.apache.spark.sql.connect.client.RetryPolicy;
import org.apache.spark.sql.connect.client.SparkConnectClient;
import scala.Option;
import scala.concurrent.duration.FiniteDuration;

/// A Spark Connect server that sessions are opened on. Any thread may call.
final class ConnectServer {

  /// The oldest major version whose SQL is the portable SQL.
  private static final int OLDEST = 4;

  private static final int PROBE_MILLIS = 5_000;

  /// Settings without which the same SQL or the same files would mean something else.
  private static final Map<String, String> SESSION =
      Map.ofEntries(
          Map.entry("spark.sql.session.timeZone", "UTC"),
          Map.entry("spark.sql.timestampType", "TIMESTAMP_LTZ"),
          Map.entry("spark.sql.ansi.enabled", "true"),
          Map.entry("spark.sql.adaptive.enabled", "true"),
          // Of a shuffle, uncompressed: a written file has a third to a half of it.
          Map.entry("spark.sql.adaptive.advisoryPartitionSizeInBytes", "134217728"),
          Map.entry("spark.sql.files.ignoreMissingFiles", "false"),
          Map.entry("spark.sql.files.ignoreCorruptFiles", "false"),
          Map.entry("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS"),
          Map.entry("spark.sql.parquet.datetimeRebaseModeInRead", "CORRECTED"),
          Map.entry("spark.sql.parquet.datetimeRebaseModeInWrite", "CORRECTED"));

  private final SparkSettings setting;

  ConnectServer(SparkSettings setting) {
    this.setting = setting;
  }

  /// A fresh session on the server; the caller closes it.
  ///
  /// @throws MillraceException `SERVICE` when the server does not answer, refuses, or is too old
  Connection connect() {
    return OwnLoader.within(
        () -> {
          probe();
          SparkConnectClient client =
              SparkConnectClient.builder()
                  .connectionString(setting.resolved(System.getenv()))
                  .userAgent("millrace")
                  .retryPolicy(patience(setting.patience()))
                  .build();
          try {
            SparkSession session = SparkSession.builder().client(client).create();
            refuseOld(session.version(), setting.address());
            SESSION.forEach((key, value) -> session.conf().set(key, value));
            return new Connection(session, client, setting.address());
          } catch (Throwable e) {
            client.shutdown();
            throw SparkErrors.of(e, setting.address(), "");
          }
        });
  }

  /// A refused connection is told at once rather than when all patience is used up.
  private void probe() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(setting.host(), setting.port()), PROBE_MILLIS);
    } catch (IOException e) {
      throw SparkErrors.unreachable(setting.address(), e);
    }
  }

  /// @throws MillraceException `SERVICE` when the server's Spark is older than the portable SQL
  static void refuseOld(String version, String address) {
    int dot = version.indexOf('.');
    String major = dot < 0 ? version : version.substring(0, dot);
    if (!major.matches("\\d{1,4}") || Integer.parseInt(major) < OLDEST) {
      throw new MillraceException(
          ErrorCode.SERVICE,
          "The Spark Connect server at " + address + " is Spark " + version,
          "use a server of Spark " + OLDEST + ".0 or newer (4.2 is tested); nothing was changed");
    }
  }

  /// One try a second: a short loss of the connection is bridged, and a long one is told.
  private static RetryPolicy patience(Duration patience) {
    RetryPolicy standard = RetryPolicy.defaultPolicy();
    FiniteDuration second = FiniteDuration.apply(1, TimeUnit.SECONDS);
    return standard.copy(
        Option.apply((Object) Math.toIntExact(Math.max(1, patience.toSeconds()))),
        second,
        Option.apply(second),
        1.0,
        standard.jitter(),
        standard.minJitterThreshold(),
        standard.canRetry(),
        "millrace",
        standard.recognizeServerRetryDelay(),
        standard.maxServerRetryDelay());
  }

  /// A session and its channel.
  ///
  /// @param address host and port, for messages
  record Connection(SparkSession session, SparkConnectClient client, String address) {}
}
