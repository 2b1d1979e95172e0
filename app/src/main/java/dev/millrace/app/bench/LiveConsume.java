package dev.millrace.app.bench;

import dev.millrace.engine.pipeline.Feed;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Reads a topic from its end on with a consumer as anyone would write it; reads each event's stamp
/// and nothing else. One thread.
final class LiveConsume {

  private static final Duration POLL = Duration.ofMillis(100);
  private static final int STAMP_DIGITS = 16;

  private LiveConsume() {}

  static LiveSample run(String servers, Feed feed, LiveClock clock) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
    List<TopicPartition> partitions =
        IntStream.range(0, feed.kafka().partitions())
            .mapToObj(p -> new TopicPartition(feed.kafka().topic(), p))
            .toList();
    int stampAt = LiveLoad.prefix(feed).length();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(partitions);
      consumer.seekToEnd(partitions);
      while (clock.goesOn()) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        long now = LiveClock.now();
        for (var each : records) {
          clock.saw(stamp(each.value(), stampAt), now);
        }
      }
      return clock.sample();
    }
  }

  private static long stamp(byte[] value, int at) {
    long stamp = 0;
    for (int i = at; i < at + STAMP_DIGITS; i++) {
      stamp = 10 * stamp + value[i] - '0';
    }
    return stamp;
  }
}
