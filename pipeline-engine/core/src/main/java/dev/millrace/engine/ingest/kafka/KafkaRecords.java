package dev.millrace.engine.ingest.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Single records of topics, by their coordinates. Any thread may call; each call has a connection
/// of its own, of no group.
public final class KafkaRecords {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final String bootstrap;

  public KafkaRecords(String bootstrap) {
    this.bootstrap = bootstrap;
  }

  /// A record's value; empty when the broker has let go of it, or never had it. A record without a
  /// value has one of no bytes.
  ///
  /// @throws dev.millrace.engine.error.MillraceException `SERVICE` when the broker gives no answer
  public Optional<byte[]> value(String topic, int partition, long offset) {
    TopicPartition at = new TopicPartition(topic, partition);
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings())) {
      consumer.assign(List.of(at));
      long first = consumer.beginningOffsets(List.of(at)).getOrDefault(at, 0L);
      long end = consumer.endOffsets(List.of(at)).getOrDefault(at, 0L);
      if (offset < first || offset >= end) {
        return Optional.empty();
      }
      consumer.seek(at, offset);
      long until = System.nanoTime() + PATIENCE.toNanos();
      while (System.nanoTime() < until) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(500))) {
          return record.offset() == offset
              ? Optional.of(record.value() == null ? new byte[0] : record.value())
              : Optional.empty();
        }
      }
      throw KafkaFaults.unreachable(bootstrap, new KafkaException("no record within " + PATIENCE));
    } catch (KafkaException e) {
      throw e instanceof RetriableException
          ? KafkaFaults.unreachable(bootstrap, e)
          : KafkaFaults.lasting("Reading " + at + " at offset " + offset, bootstrap, e);
    }
  }

  private Map<String, Object> settings() {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    return settings;
  }
}
