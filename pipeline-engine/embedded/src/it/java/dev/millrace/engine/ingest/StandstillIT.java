package dev.millrace.engine.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.embedded.EmbeddedServices;
import dev.millrace.embedded.ServicesHandle;
import dev.millrace.engine.event.EventListener;
import dev.millrace.engine.ingest.kafka.KafkaEventSource;
import dev.millrace.engine.ingest.kafka.KafkaSetting;
import dev.millrace.engine.ingest.kafka.KafkaSetting.Isolation;
import dev.millrace.engine.ingest.kafka.KafkaTopics;
import dev.millrace.engine.ingest.kafka.TopicWatch;
import dev.millrace.engine.lake.delta.DeltaLake;
import dev.millrace.engine.lake.parquet.ParquetFiles;
import dev.millrace.engine.lake.store.FolderData;
import dev.millrace.engine.lake.store.StoreFileIO;
import dev.millrace.engine.metric.Meters;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.model.TopicPartition;
import dev.millrace.engine.model.Trouble;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.pipeline.Pipelines;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What keeps a real stream from going on, between a real broker and real tables: seen, told, over.
@Timeout(120)
class StandstillIT {

  private static final int EVENTS = 40;

  /// Short, so that a standstill is seen at the watchdog's second or third look.
  private static final Watchdog.Patience SHORT =
      new Watchdog.Patience(
          Duration.ofSeconds(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(5),
          Duration.ofSeconds(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(5));

  @TempDir Path folder;

  private final BlockingQueue<Trouble> begun = new LinkedBlockingQueue<>();
  private final BlockingQueue<Trouble> ended = new LinkedBlockingQueue<>();

  private final class Heard implements TroubleListener {
    @Override
    public void began(Trouble trouble) {
      begun.add(trouble);
    }

    @Override
    public void ended(Trouble trouble) {
      ended.add(trouble);
    }
  }

  @Test
  void aSilentSourceAndAStuckCommitAreSeenAndPass() throws Exception {
    Home home = new Home(folder.resolve("home"));
    Feed feed = new Pipelines(home).find("building-sensors").feeds().getFirst();
    GatedStore disk = new GatedStore(folder.resolve("lake"));
    try (ServicesHandle services = EmbeddedServices.startOrAttach(home, Progress.NONE);
        TopicWatch topics = new TopicWatch(services.endpoints().kafka())) {
      String servers = services.endpoints().kafka();
      KafkaTopics.ensure(servers, feed);
      KafkaSetting setting =
          new KafkaSetting(servers, "standstill", Optional.empty(), Isolation.COMMITTED, Map.of());
      DeltaLake lake =
          new DeltaLake(
              folder.resolve("lake"),
              new StoreFileIO(folder.resolve("lake"), disk),
              new FolderData(),
              "Millrace/test",
              InstantSource.system());
      try (KafkaProducer<byte[], byte[]> producer = producer(servers);
          StreamWorker worker =
              new StreamWorker(
                  StreamSetting.of(
                      "building-sensors",
                      feed,
                      EventListener.NONE,
                      new Meters(new SimpleMeterRegistry()),
                      InstantSource.system(),
                      CommitListener.NONE,
                      new Heard(),
                      Optional.of(() -> ends(topics, feed)),
                      System::nanoTime),
                  () -> new KafkaEventSource(setting, feed),
                  lake,
                  new ParquetFiles(),
                  CommitLane.FIRST_WAIT,
                  SHORT);
          // The last resource is closed first: a worker does not close while its disk hangs.
          AutoCloseable _ = disk::goOn) {
        worker.start();
        producer.initTransactions();
        producer.beginTransaction();
        for (int i = 0; i < EVENTS; i++) {
          var _ = producer.send(new ProducerRecord<>(feed.kafka().topic(), event(i)));
        }
        producer.flush();

        // Events stand in the topic, the broker answers, and none may come yet.
        Trouble silent = next(begun);
        assertThat(silent.kind()).isEqualTo(Trouble.Kind.SOURCE_SILENT);
        assertThat(silent.what()).contains(feed.kafka().topic(), "though the broker answers");
        assertThat(worker.progress().troubles())
            .extracting(Trouble::kind)
            .containsExactly(Trouble.Kind.SOURCE_SILENT);
        assertThat(worker.progress().events()).isZero();

        disk.hang();
        producer.commitTransaction();
        assertThat(next(ended).kind()).isEqualTo(Trouble.Kind.SOURCE_SILENT);

        // Now they come, and the disk takes no commit.
        var caughtUp = worker.catchUp();
        Trouble stuck = next(begun);
        assertThat(stuck.kind()).isEqualTo(Trouble.Kind.COMMIT_STUCK);
        assertThat(worker.progress().bronzeRows()).isZero();

        disk.goOn();
        caughtUp.get(30, TimeUnit.SECONDS);
        assertThat(next(ended).kind()).isEqualTo(Trouble.Kind.COMMIT_STUCK);
        assertThat(worker.progress().troubles()).isEmpty();
        assertThat(lake.find(feed.bronze()).orElseThrow().snapshot().rows()).isEqualTo(EVENTS);
      }
    }
  }

  private static Trouble next(BlockingQueue<Trouble> told) throws InterruptedException {
    Trouble trouble = told.poll(30, TimeUnit.SECONDS);
    assertThat(trouble).as("a trouble begins or ends").isNotNull();
    return trouble;
  }

  private static Optional<Map<Integer, Long>> ends(TopicWatch topics, Feed feed) {
    return topics
        .ends(feed.kafka().topic())
        .map(
            ends ->
                ends.entrySet().stream()
                    .collect(
                        Collectors.toMap(
                            (Map.Entry<TopicPartition, Long> end) -> end.getKey().partition(),
                            Map.Entry::getValue)));
  }

  private static KafkaProducer<byte[], byte[]> producer(String servers) {
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            servers,
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            "standstill"),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private static byte[] event(int i) {
    return """
    {"sensor_id":"temperature-%02d","sensor_type":"temperature","location":"floor-1/zone-1",\
    "value":21.5,"unit":"°C","event_time":"2026-03-01T00:00:%02dZ"}\
    """
        .formatted(i % 9, i)
        .getBytes(StandardCharsets.UTF_8);
  }
}
