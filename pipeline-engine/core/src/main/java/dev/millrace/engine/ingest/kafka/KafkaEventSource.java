package dev.millrace.engine.ingest.kafka;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.ingest.EventSource;
import dev.millrace.engine.pipeline.Feed;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A feed's topic as a member of a consumer group.
///
/// The group only deals partitions out. Its committed offsets are written for lag displays and
/// never read: the listener seeks on every assignment, and `auto.offset.reset` is `none`, so that a
/// position the broker no longer has is noticed instead of skipped. A member that is killed is
/// replaced after the session timeout of six seconds, or at once under its name ({@link
/// KafkaSetting#member}).
public final class KafkaEventSource implements EventSource {

  private static final Logger LOG = LoggerFactory.getLogger(KafkaEventSource.class);
  private static final int MOST_RECORDS = 5_000;
  private static final int FETCH_BYTES = 32 << 20;
  private static final int PARTITION_FETCH_BYTES = 8 << 20;
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final int POLL_BYTES = 16 << 20;
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final KafkaSetting setting;
  private final String topic;
  private final int pollLimit;
  private final BoundedValues values = new BoundedValues(POLL_BYTES);
  private final KafkaConsumer<byte[], ByteBuffer> consumer;
  private @Nullable Listener listener;
  private boolean leaving;

  /// Makes the consumer; nothing is asked of the broker before the first poll.
  public KafkaEventSource(KafkaSetting setting, Feed feed) {
    this.setting = setting;
    topic = feed.kafka().topic();
    pollLimit = Math.clamp(feed.batchRows() / 10, 1, MOST_RECORDS);
    try {
      consumer = new KafkaConsumer<>(settings(setting, pollLimit), new NoKey(), values);
    } catch (KafkaException e) {
      throw KafkaFaults.lasting("Making a consumer of Kafka", setting.bootstrap(), e);
    }
  }

  private static Map<String, Object> settings(KafkaSetting setting, int pollLimit) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, setting.bootstrap());
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, setting.group());
    setting.member().ifPresent(m -> settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, m));
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, setting.isolation().value());
    settings.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6_000);
    settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 1_500);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, pollLimit);
    settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
    settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, PARTITION_FETCH_BYTES);
    settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 30_000);
    settings.putAll(setting.more());
    return settings;
  }

  @Override
  public void open(Listener wanted) {
    listener = wanted;
    consumer.subscribe(List.of(topic), new Rebalance());
  }

  @Override
  public int pollLimit() {
    return pollLimit;
  }

  @Override
  public int poll(Duration timeout, RecordSink sink) {
    ConsumerRecords<byte[], ByteBuffer> records;
    values.beginPoll();
    try {
      records = consumer.poll(timeout);
    } catch (WakeupException _) {
      return 0;
    } catch (OffsetOutOfRangeException e) {
      goOnAtBeginning(e.offsetOutOfRangePartitions());
      return 0;
    } catch (InterruptException e) {
      throw new MillraceException(
          ErrorCode.CANCELLED, "Reading topic " + topic + " was interrupted", "start it again", e);
    } catch (RetriableException e) {
      LOG.debug("Reading topic {} is held up", topic, e);
      return 0;
    } catch (FencedInstanceIdException e) {
      throw KafkaFaults.fenced(topic, setting.member().orElse(""), e);
    } catch (KafkaException e) {
      throw told(e);
    }
    for (TopicPartition partition : records.partitions()) {
      int number = partition.partition();
      List<ConsumerRecord<byte[], ByteBuffer>> ofPartition = records.records(partition);
      sink.written(number, ofPartition.getFirst().timestamp());
      for (ConsumerRecord<byte[], ByteBuffer> each : ofPartition) {
        hand(sink, number, each.offset(), each.value());
      }
    }
    return records.count();
  }

  private static void hand(
      RecordSink sink, int partition, long offset, @Nullable ByteBuffer tombstoneOrValue) {
    ByteBuffer value = tombstoneOrValue == null ? NOTHING : tombstoneOrValue;
    if (value.hasArray()) {
      int start = value.arrayOffset() + value.position();
      sink.accept(partition, offset, value.array(), start, value.remaining());
    } else {
      byte[] copy = new byte[value.remaining()];
      value.get(copy);
      sink.accept(partition, offset, copy, 0, copy.length);
    }
  }

  /// The consumer wraps what our own listener throws.
  private MillraceException told(KafkaException e) {
    return e.getCause() instanceof MillraceException ours
        ? ours
        : KafkaFaults.lasting("Reading topic " + topic, setting.bootstrap(), e);
  }

  /// Retention passed the tables' position: what is gone is told and counted. A position beyond the
  /// end is another matter: going on there would give old coordinates to new events.
  private void goOnAtBeginning(Map<TopicPartition, Long> positions) {
    try {
      Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(positions.keySet(), ANSWER);
      Map<TopicPartition, Long> ends = consumer.endOffsets(positions.keySet(), ANSWER);
      positions.forEach(
          (partition, wanted) -> {
            long end = ends.getOrDefault(partition, wanted);
            if (wanted > end) {
              throw KafkaFaults.madeAnew(topic, partition.partition(), wanted, end);
            }
            long beginning = beginnings.getOrDefault(partition, wanted);
            if (beginning > wanted) {
              consumer.seek(partition, beginning);
              listening().skipped(partition.partition(), wanted, beginning);
            }
          });
    } catch (WakeupException | RetriableException e) {
      LOG.debug("The ends of topic {} are not known yet", topic, e);
    }
  }

  private Listener listening() {
    Listener current = listener;
    if (current == null) {
      throw new IllegalStateException("the source was not opened");
    }
    return current;
  }

  @Override
  public void seek(int partition, long offset) {
    consumer.seek(named(partition), offset);
  }

  @Override
  public void seekToBeginning(int partition) {
    consumer.seekToBeginning(List.of(named(partition)));
  }

  @Override
  public OptionalLong position(int partition) {
    try {
      return OptionalLong.of(consumer.position(named(partition), Duration.ZERO));
    } catch (WakeupException | RetriableException | IllegalStateException _) {
      return OptionalLong.empty();
    }
  }

  @Override
  public OptionalLong knownEnd(int partition) {
    try {
      OptionalLong lag = consumer.currentLag(named(partition));
      OptionalLong position = lag.isPresent() ? position(partition) : OptionalLong.empty();
      return position.isPresent()
          ? OptionalLong.of(position.getAsLong() + lag.getAsLong())
          : OptionalLong.empty();
    } catch (IllegalStateException _) {
      return OptionalLong.empty();
    }
  }

  @Override
  public Map<Integer, OffsetRange> offsets() {
    try {
      List<TopicPartition> all =
          consumer.partitionsFor(topic, ANSWER).stream()
              .map(PartitionInfo::partition)
              .map(this::named)
              .toList();
      Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(all, ANSWER);
      Map<TopicPartition, Long> ends = consumer.endOffsets(all, ANSWER);
      Map<Integer, OffsetRange> ranges = new HashMap<>();
      for (TopicPartition each : all) {
        Long beginning = beginnings.get(each);
        Long end = ends.get(each);
        if (beginning == null || end == null) {
          return Map.of();
        }
        ranges.put(each.partition(), new OffsetRange(beginning, end));
      }
      return ranges;
    } catch (WakeupException | RetriableException e) {
      LOG.debug("The ends of topic {} are not known yet", topic, e);
      return Map.of();
    } catch (KafkaException e) {
      throw told(e);
    }
  }

  @Override
  public void pause() {
    consumer.pause(consumer.assignment());
  }

  @Override
  public void resume() {
    consumer.resume(consumer.paused());
  }

  @Override
  public void acknowledge(Map<Integer, Long> nextOffsets) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    nextOffsets.forEach((p, next) -> offsets.put(named(p), new OffsetAndMetadata(next)));
    consumer.commitAsync(
        offsets,
        (_, failure) -> {
          if (failure != null) {
            LOG.debug("Lag displays of topic {} lag behind", topic, failure);
          }
        });
  }

  @Override
  public void wakeup() {
    consumer.wakeup();
  }

  @Override
  public void close() {
    leaving = true;
    consumer.close();
  }

  private TopicPartition named(int partition) {
    return new TopicPartition(topic, partition);
  }

  private static Set<Integer> numbers(Collection<TopicPartition> partitions) {
    return partitions.stream()
        .map(TopicPartition::partition)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private final class Rebalance implements ConsumerRebalanceListener {

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      listening().joined();
      if (!partitions.isEmpty()) {
        listening().assigned(numbers(partitions));
      }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      if (!partitions.isEmpty() && !leaving) {
        listening().revoked(numbers(partitions));
      }
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      if (!partitions.isEmpty() && !leaving) {
        listening().lost(numbers(partitions));
      }
    }
  }

  /// The key says nothing a value does not; not reading it saves an array per record.
  private static final class NoKey implements Deserializer<byte[]> {

    private static final byte[] NONE = {};

    @Override
    public byte[] deserialize(String name, byte[] data) {
      return NONE;
    }

    @Override
    public byte[] deserialize(String name, Headers headers, ByteBuffer data) {
      return NONE;
    }
  }
}
