package dev.millrace.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A Kafka broker and its KRaft controller in this JVM, on 127.0.0.1, with one data folder.
///
/// The same data is served after a restart, on other ports too. Topics are never made by accident:
/// automatic creation is off. One thread starts and closes it.
public final class EmbeddedKafka implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafka.class);
  private static final String CONTROLLER = "CONTROLLER";

  private final KafkaRaftServer server;
  private final int port;
  private final String cluster;
  private final AtomicReference<String> fault;

  private EmbeddedKafka(
      KafkaRaftServer server, int port, String cluster, AtomicReference<String> fault) {
    this.server = server;
    this.port = port;
    this.cluster = cluster;
    this.fault = fault;
  }

  /// Starts a broker; it answers when this returns.
  ///
  /// @param data folder of its own; made when missing
  static EmbeddedKafka start(Path data, int port, int controllerPort) {
    AtomicReference<String> fault = new AtomicReference<>("");
    try {
      Files.createDirectories(data);
      format(data);
      // A broker that fails gravely would end the whole JVM, the console with it.
      Exit.setExitProcedure((status, message) -> failed(fault, status, message));
      Exit.setHaltProcedure((status, message) -> failed(fault, status, message));
      KafkaRaftServer server =
          new KafkaRaftServer(
              KafkaConfig.fromProps(properties(data, port, controllerPort), false), Time.SYSTEM);
      boolean started = false;
      try {
        server.startup();
        started = true;
      } finally {
        if (!started) {
          server.shutdown();
        }
      }
      return new EmbeddedKafka(server, port, clusterOf(data), fault);
    } catch (IOException e) {
      throw ServiceErrors.fileFailed("Starting the Kafka broker", data, e);
    } catch (RuntimeException e) {
      throw ServiceErrors.kafkaNotStarted(e, data);
    }
  }

  /// Bootstrap servers.
  public String bootstrap() {
    return "127.0.0.1:" + port;
  }

  public int port() {
    return port;
  }

  /// Identifier made with the data.
  public String cluster() {
    return cluster;
  }

  /// Why the broker gave up, or empty while it has not.
  public Optional<String> fault() {
    return Optional.ofNullable(fault.get()).filter(message -> !message.isEmpty());
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }

  private static void failed(AtomicReference<String> fault, int status, @Nullable String message) {
    String text =
        message == null ? "the broker gave up (status " + status + "); see the log" : message;
    if (fault.compareAndSet("", text)) {
      LOG.error("The embedded Kafka broker failed: {}", text);
    }
  }

  private static void format(Path data) throws IOException {
    if (Files.exists(data.resolve("meta.properties"))) {
      return;
    }
    try {
      new Formatter()
          .setPrintStream(
              new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
          .setClusterId(Uuid.randomUuid().toString())
          .setNodeId(1)
          .setControllerListenerName(CONTROLLER)
          .addDirectory(data.toString())
          .setMetadataLogDirectory(data.toString())
          .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
          .setReleaseVersion(MetadataVersion.latestProduction())
          .setIgnoreFormatted(true)
          .run();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("formatting failed: " + e.getMessage(), e);
    }
  }

  private static String clusterOf(Path data) throws IOException {
    Properties meta = new Properties();
    try (InputStream in = Files.newInputStream(data.resolve("meta.properties"))) {
      meta.load(in);
    }
    return meta.getProperty("cluster.id", "");
  }

  private static Properties properties(Path data, int port, int controllerPort) {
    Properties p = new Properties();
    p.put("process.roles", "broker,controller");
    p.put("node.id", "1");
    p.put("log.dirs", data.toString());
    p.put(
        "listeners",
        "PLAINTEXT://127.0.0.1:" + port + "," + CONTROLLER + "://127.0.0.1:" + controllerPort);
    p.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
    p.put("controller.listener.names", CONTROLLER);
    p.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    p.put("inter.broker.listener.name", "PLAINTEXT");
    p.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
    // After a hard kill the controller waits this long for the broker that was.
    p.put("broker.session.timeout.ms", "3000");
    p.put("broker.heartbeat.interval.ms", "500");
    p.put("auto.create.topics.enable", "false");
    p.put("log.retention.hours", "168");
    p.put("log.segment.bytes", Integer.toString(256 << 20));
    // What a device sends should get in and be seen, if only as a dead letter.
    p.put("message.max.bytes", Integer.toString(64 << 20));
    p.put("group.initial.rebalance.delay.ms", "0");
    // One broker cannot replicate, and one person's machine needs few partitions of bookkeeping.
    for (String single :
        List.of(
            "default.replication.factor",
            "min.insync.replicas",
            "offsets.topic.replication.factor",
            "offsets.topic.num.partitions",
            "transaction.state.log.replication.factor",
            "transaction.state.log.min.isr",
            "transaction.state.log.num.partitions",
            "share.coordinator.state.topic.replication.factor",
            "share.coordinator.state.topic.min.isr",
            "share.coordinator.state.topic.num.partitions")) {
      p.put(single, "1");
    }
    // Nobody looks through JMX, where the broker would register two thousand meters at its start.
    p.put("metric.reporters", "");
    p.put("metrics.jmx.exclude", ".*");
    p.put("num.network.threads", "2");
    p.put("num.io.threads", "4");
    p.put("background.threads", "2");
    p.put("num.recovery.threads.per.data.dir", "2");
    p.put("log.cleaner.threads", "1");
    p.put("log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20));
    return p;
  }
}
