package dev.millrace.engine.ingest.kafka;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.pipeline.Feed;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// The topics feeds are read from.
public final class KafkaTopics {

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  /// Room for a record's key, headers and batch.
  private static final int RECORD_OVERHEAD = 64 << 10;

  private KafkaTopics() {}

  /// Makes the feed's topic with the partitions its definition says, unless it stands; one that
  /// stands with more partitions is left so.
  ///
  /// @throws MillraceException `SERVICE` when the broker cannot be reached or refuses, `DEFINITION`
  ///   when the topic stands with fewer partitions
  public static void ensure(String bootstrap, Feed feed) {
    ensure(bootstrap, feed, Map.of());
  }

  /// @param more further settings of the Kafka client, for example security
  public static void ensure(String bootstrap, Feed feed, Map<String, String> more) {
    try (Admin admin = Admin.create(settings(bootstrap, more))) {
      String topic = feed.kafka().topic();
      int wanted = feed.kafka().partitions();
      int standing = partitions(admin, topic);
      if (standing == 0) {
        create(admin, topic, wanted, feed.maxEventBytes());
      } else if (standing < wanted) {
        throw new MillraceException(
            ErrorCode.DEFINITION,
            "Topic %s has %d partitions, its feed wants %d".formatted(topic, standing, wanted),
            "write partitions: %d in the pipeline, or add partitions to the topic"
                .formatted(standing));
      }
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw cause instanceof RetriableException
          ? KafkaFaults.unreachable(bootstrap, cause)
          : KafkaFaults.lasting("Making topic " + feed.kafka().topic(), bootstrap, cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MillraceException(
          ErrorCode.CANCELLED,
          "Making topic " + feed.kafka().topic() + " was cancelled",
          "try again",
          e);
    }
  }

  private static int partitions(Admin admin, String topic)
      throws InterruptedException, ExecutionException {
    try {
      return Optional.ofNullable(
              admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic))
          .map(d -> d.partitions().size())
          .orElse(0);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return 0;
      }
      throw e;
    }
  }

  /// The broker's own limit holds unless the feed takes longer events.
  private static void create(Admin admin, String topic, int partitions, int maxEventBytes)
      throws InterruptedException, ExecutionException {
    try {
      NewTopic wanted = new NewTopic(topic, Optional.of(partitions), Optional.empty());
      if (maxEventBytes > Feed.MAX_EVENT_BYTES) {
        wanted.configs(
            Map.of(
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                Integer.toString(maxEventBytes + RECORD_OVERHEAD)));
      }
      admin.createTopics(List.of(wanted)).all().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
  }

  private static Map<String, Object> settings(String bootstrap, Map<String, String> more) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    settings.put(AdminClientConfig.CLIENT_ID_CONFIG, "millrace-topics");
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis() / 3);
    settings.putAll(more);
    return settings;
  }
}
