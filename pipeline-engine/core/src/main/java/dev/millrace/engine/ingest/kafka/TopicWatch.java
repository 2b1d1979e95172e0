package dev.millrace.engine.ingest.kafka;

import dev.millrace.engine.model.TopicPartition;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// Looks at topics from outside a stream: whether the broker answers, and where partitions end.
///
/// Any thread may call. A broker that does not answer is a result, not an error.
public final class TopicWatch implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final Admin admin;

  public TopicWatch(String bootstrap) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    settings.put(AdminClientConfig.CLIENT_ID_CONFIG, "millrace-watch");
    settings.put(
        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(PATIENCE.toMillis()));
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.toIntExact(PATIENCE.toMillis()));
    admin = Admin.create(settings);
  }

  /// Offset the next event of each partition will have; empty when the broker does not answer, no
  /// partitions when the topic does not exist.
  public Optional<Map<TopicPartition, Long>> ends(String topic) {
    try {
      TopicDescription description =
          Objects.requireNonNull(
              await(admin.describeTopics(List.of(topic)).allTopicNames()).get(topic));
      Map<org.apache.kafka.common.TopicPartition, OffsetSpec> asked = new HashMap<>();
      description
          .partitions()
          .forEach(
              p ->
                  asked.put(
                      new org.apache.kafka.common.TopicPartition(topic, p.partition()),
                      OffsetSpec.latest()));
      ListOffsetsResult offsets = admin.listOffsets(asked);
      Map<TopicPartition, Long> ends = new TreeMap<>();
      Collection<org.apache.kafka.common.TopicPartition> partitions = asked.keySet();
      for (org.apache.kafka.common.TopicPartition partition : partitions) {
        ends.put(
            new TopicPartition(topic, partition.partition()),
            await(offsets.partitionResult(partition)).offset());
      }
      return Optional.of(ends);
    } catch (ExecutionException e) {
      return e.getCause() instanceof UnknownTopicOrPartitionException
          ? Optional.of(Map.of())
          : Optional.empty();
    } catch (TimeoutException _) {
      return Optional.empty();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /// How long the topic keeps events; empty when the broker does not say. Of a topic that keeps
  /// them for ever it is negative.
  public Optional<Duration> retention(String topic) {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    try {
      ConfigEntry entry =
          Objects.requireNonNull(
                  await(admin.describeConfigs(List.of(resource)).all()).get(resource))
              .get(TopicConfig.RETENTION_MS_CONFIG);
      return entry == null
          ? Optional.empty()
          : Optional.of(Duration.ofMillis(Long.parseLong(entry.value())));
    } catch (ExecutionException | TimeoutException _) {
      return Optional.empty();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static <T> T await(KafkaFuture<T> future)
      throws ExecutionException, TimeoutException, InterruptedException {
    return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(1));
  }
}
