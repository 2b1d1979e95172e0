package dev.millrace.engine.ingest.kafka;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.ingest.EventSource.OffsetRange;
import dev.millrace.engine.ingest.ReplayTopic;
import dev.millrace.engine.pipeline.Feed;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// A Kafka topic that dead letters go back to; a transactional producer does the fencing.
///
/// The transactional id belongs to the pipeline's feed, so the broker refuses whatever an earlier
/// producer of that id still sends. A transaction also lands whole or not at all for readers of
/// committed records; the search reads the uncommitted too, as the streams do.
public final class KafkaReplayTopic implements ReplayTopic {

  static final String ORIGINAL_TOPIC = "millrace-original-topic";
  static final String ORIGINAL_PARTITION = "millrace-original-partition";
  static final String ORIGINAL_OFFSET = "millrace-original-offset";
  static final String REPLAY_ID = "millrace-replay-id";

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final int LARGEST_VALUE = 64 << 20;

  private final String bootstrap;
  private final String topic;
  private final KafkaProducer<byte[], byte[]> producer;
  private final KafkaConsumer<byte[], byte[]> consumer;

  private KafkaReplayTopic(
      String bootstrap,
      String topic,
      KafkaProducer<byte[], byte[]> producer,
      KafkaConsumer<byte[], byte[]> consumer) {
    this.bootstrap = bootstrap;
    this.topic = topic;
    this.producer = producer;
    this.consumer = consumer;
  }

  /// Opens the feed's topic; from then on no earlier opened one can send.
  public static ReplayTopic open(String bootstrap, String pipeline, Feed feed) {
    return open(bootstrap, pipeline, feed, Map.of());
  }

  /// @param more further settings of both Kafka clients, for example security
  public static ReplayTopic open(
      String bootstrap, String pipeline, Feed feed, Map<String, String> more) {
    try {
      KafkaConsumer<byte[], byte[]> consumer =
          new KafkaConsumer<>(
              consumerSettings(bootstrap, more),
              new ByteArrayDeserializer(),
              new ByteArrayDeserializer());
      KafkaProducer<byte[], byte[]> producer =
          new KafkaProducer<>(
              producerSettings(bootstrap, "millrace-replay-" + pipeline + "-" + feed.name(), more),
              new ByteArraySerializer(),
              new ByteArraySerializer());
      KafkaReplayTopic opened =
          new KafkaReplayTopic(bootstrap, feed.kafka().topic(), producer, consumer);
      try {
        producer.initTransactions();
        return opened;
      } catch (RuntimeException | Error e) {
        opened.close();
        throw e;
      }
    } catch (KafkaException e) {
      throw failed("Opening topic " + feed.kafka().topic() + " for a replay", bootstrap, e);
    }
  }

  private static Map<String, Object> producerSettings(
      String bootstrap, String id, Map<String, String> more) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id);
    settings.put(ProducerConfig.CLIENT_ID_CONFIG, "millrace-replay");
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_VALUE);
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, (long) LARGEST_VALUE * 2);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE.toMillis());
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis() / 2);
    settings.putAll(more);
    return settings;
  }

  private static Map<String, Object> consumerSettings(String bootstrap, Map<String, String> more) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "millrace-replay");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, KafkaSetting.Isolation.ALL.value());
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    settings.putAll(more);
    return settings;
  }

  @Override
  public Map<Integer, Long> ends() {
    try {
      Map<Integer, Long> ends = new HashMap<>();
      consumer.endOffsets(partitions()).forEach((p, end) -> ends.put(p.partition(), end));
      return ends;
    } catch (KafkaException e) {
      throw failed("Asking where topic " + topic + " ends", bootstrap, e);
    }
  }

  @Override
  public List<Sent> send(List<Replay> replays) {
    if (replays.isEmpty()) {
      return List.of();
    }
    try {
      int partitions = partitions().size();
      producer.beginTransaction();
      List<Future<RecordMetadata>> acknowledged = new ArrayList<>();
      for (Replay replay : replays) {
        acknowledged.add(producer.send(record(replay, partitions)));
      }
      producer.commitTransaction();
      List<Sent> sent = new ArrayList<>();
      for (int i = 0; i < replays.size(); i++) {
        Replay replay = replays.get(i);
        RecordMetadata at = acknowledged.get(i).get();
        sent.add(
            new Sent(
                replay.id(),
                replay.topic(),
                replay.partition(),
                replay.offset(),
                at.partition(),
                at.offset()));
      }
      return sent;
    } catch (KafkaException e) {
      throw failed("Sending to topic " + topic, bootstrap, e);
    } catch (ExecutionException e) {
      throw failed("Sending to topic " + topic, bootstrap, e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MillraceException(
          ErrorCode.SERVICE, "Sending to topic " + topic + " was interrupted", "run it again", e);
    }
  }

  private ProducerRecord<byte[], byte[]> record(Replay replay, int partitions) {
    // The partition a letter came from may be another topic's of more partitions.
    Integer partition =
        replay.key().isPresent() ? null : Integer.valueOf(replay.partition() % partitions);
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, partition, replay.key().orElse(null), replay.value());
    Headers headers = record.headers();
    headers.add(ORIGINAL_TOPIC, bytes(replay.topic()));
    headers.add(ORIGINAL_PARTITION, bytes(Integer.toString(replay.partition())));
    headers.add(ORIGINAL_OFFSET, bytes(Long.toString(replay.offset())));
    headers.add(REPLAY_ID, bytes(replay.id()));
    return record;
  }

  @Override
  public Search search(Map<Integer, Long> from) {
    try {
      List<TopicPartition> all = partitions();
      Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(all);
      Map<TopicPartition, Long> ends = consumer.endOffsets(all);
      Map<Integer, OffsetRange> ranges = new HashMap<>();
      consumer.assign(all);
      for (TopicPartition partition : all) {
        OffsetRange range =
            new OffsetRange(
                beginnings.getOrDefault(partition, 0L), ends.getOrDefault(partition, 0L));
        ranges.put(partition.partition(), range);
        consumer.seek(
            partition,
            Math.clamp(
                from.getOrDefault(partition.partition(), 0L), range.beginning(), range.end()));
      }
      List<Sent> sent = new ArrayList<>();
      long lastMove = System.nanoTime();
      while (all.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        long before = all.stream().mapToLong(consumer::position).sum();
        for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
          replayed(each).ifPresent(sent::add);
        }
        if (all.stream().mapToLong(consumer::position).sum() != before) {
          lastMove = System.nanoTime();
        } else if (System.nanoTime() - lastMove > PATIENCE.toNanos()) {
          throw KafkaFaults.unreachable(
              bootstrap, new KafkaException("no record of topic " + topic + " came"));
        }
      }
      return new Search(sent, ranges);
    } catch (KafkaException e) {
      throw failed("Searching topic " + topic, bootstrap, e);
    }
  }

  /// What the record's headers say of a replay; foreign or broken headers say nothing.
  private static Optional<Sent> replayed(ConsumerRecord<byte[], byte[]> each) {
    Optional<String> id = text(each.headers(), REPLAY_ID);
    Optional<String> topic = text(each.headers(), ORIGINAL_TOPIC);
    Optional<String> partition = text(each.headers(), ORIGINAL_PARTITION);
    Optional<String> offset = text(each.headers(), ORIGINAL_OFFSET);
    if (id.isEmpty() || topic.isEmpty() || partition.isEmpty() || offset.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Sent(
              id.get(),
              topic.get(),
              Integer.parseInt(partition.get()),
              Long.parseLong(offset.get()),
              each.partition(),
              each.offset()));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  private static Optional<String> text(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    return header == null || header.value() == null
        ? Optional.empty()
        : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
  }

  private List<TopicPartition> partitions() {
    List<TopicPartition> all =
        consumer.partitionsFor(topic).stream()
            .map(p -> new TopicPartition(topic, p.partition()))
            .toList();
    if (all.isEmpty()) {
      throw new MillraceException(
          ErrorCode.SERVICE,
          "Topic " + topic + " does not exist at " + bootstrap,
          "start the feed's stream once; it makes the topic");
    }
    return all;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static MillraceException failed(String what, String bootstrap, Throwable cause) {
    if (cause instanceof ProducerFencedException
        || cause instanceof InvalidProducerEpochException) {
      return new MillraceException(
          ErrorCode.SERVICE,
          what + " was ended by another replay of the same feed",
          "let that one end, then run this one again",
          cause);
    }
    if (cause instanceof InterruptException) {
      return new MillraceException(
          ErrorCode.SERVICE, what + " was interrupted", "run it again", cause);
    }
    return KafkaFaults.lasting(what, bootstrap, cause);
  }

  /// Ends both clients at once; a transaction that is open is aborted by whoever opens the topic
  /// next, or by the broker.
  @Override
  public void close() {
    producer.close(Duration.ZERO);
    consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(1)));
  }
}
