package dev.millrace.simulator.sink;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/// A Kafka topic: idempotent, acknowledged by all replicas, lz4; the partition follows the key's
/// hash as Kafka's own default does.
public final class KafkaSink implements EventSink {

  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(30);

  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final String servers;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  /// One for all events: it holds nothing of any.
  private final Callback acknowledged =
      (_, e) -> {
        if (e != null) {
          failure.compareAndSet(null, e);
        }
      };

  private boolean closed;

  KafkaSink(Producer<byte[], byte[]> producer, String topic, String servers) {
    this.producer = producer;
    this.topic = topic;
    this.servers = servers;
  }

  /// Connects lazily: a broker that cannot be reached shows with the first `send`.
  ///
  /// @param servers `host:port`, several joined by commas
  /// @param more further client settings, such as those of security; they win
  public static KafkaSink open(String servers, String topic, Map<String, Object> more) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 << 10);
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 64L << 20);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 30_000L);
    settings.put(ProducerConfig.CLIENT_ID_CONFIG, "millrace-simulator");
    settings.putAll(more);
    try {
      return new KafkaSink(
          new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer()),
          topic,
          servers);
    } catch (KafkaException e) {
      throw failed(topic, servers, e);
    }
  }

  public static KafkaSink open(String servers, String topic) {
    return open(servers, topic, Map.of());
  }

  @Override
  public void send(byte[] key, byte[] value) {
    refuseAfterFailure();
    try {
      var _ = producer.send(new ProducerRecord<>(topic, key, value), acknowledged);
    } catch (KafkaException | IllegalStateException e) {
      failure.compareAndSet(null, e);
      throw failed(topic, servers, e);
    }
  }

  @Override
  public void flush() {
    try {
      producer.flush();
    } catch (KafkaException e) {
      failure.compareAndSet(null, e);
    }
    refuseAfterFailure();
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      producer.close(failure.get() == null ? LONGEST_CLOSE : Duration.ZERO);
    } catch (KafkaException e) {
      failure.compareAndSet(null, e);
    }
    refuseAfterFailure();
  }

  private void refuseAfterFailure() {
    Exception e = failure.get();
    if (e != null) {
      throw failed(topic, servers, e);
    }
  }

  private static MillraceException failed(String topic, String servers, Exception e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return new MillraceException(
        ErrorCode.SERVICE,
        "topic " + topic + " at " + servers + " took no more events: " + cause.getMessage(),
        "see that the broker runs and the topic exists, then start again",
        e);
  }
}
