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

/// Reads a whole topic with a consumer as anyone would write it and adds up the bytes. One thread.
final class ConsumeBench {

  private static final Duration POLL = Duration.ofMillis(100);

  private final String servers;
  private final Feed feed;

  ConsumeBench(String servers, Feed feed) {
    this.servers = servers;
    this.feed = feed;
  }

  Sample run(long events) {
    PartTimes times = PartTimes.sinceStart();
    long wall = System.nanoTime();
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
    List<TopicPartition> partitions =
        IntStream.range(0, feed.kafka().partitions())
            .mapToObj(p -> new TopicPartition(feed.kafka().topic(), p))
            .toList();
    long seen = 0;
    long bytes = 0;
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long start = CpuTimes.ofThisThread();
      while (seen < events) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        for (var each : records) {
          bytes += each.value().length;
        }
        seen += records.count();
      }
      times.add(TimedParts.CONSUME, CpuTimes.ofThisThread() - start);
    }
    if (bytes < seen) {
      throw new IllegalStateException(seen + " events of " + bytes + " bytes");
    }
    double seconds = (System.nanoTime() - wall) / 1e9;
    return times.sample(Measure.CONSUME, seen, seconds, TimedParts.CONSUME);
  }
}
