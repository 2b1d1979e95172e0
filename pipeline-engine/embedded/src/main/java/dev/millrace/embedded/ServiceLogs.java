package dev.millrace.embedded;

import java.util.Map;

/// What the embedded services may log.
public final class ServiceLogs {

  /// Levels, by the name of the logger, that keep the broker quiet about what is none of a person's
  /// business.
  public static final Map<String, String> LEVELS =
      Map.of(
          "kafka", "WARN",
          "state.change.logger", "ERROR",
          "org.apache.kafka", "WARN",
          "org.apache.kafka.controller.QuorumController", "ERROR",
          "org.apache.kafka.clients", "ERROR",
          // Tells of each value that is left to the next poll.
          "org.apache.kafka.clients.consumer.internals.CompletedFetch", "OFF",
          "org.apache.kafka.common.utils.AppInfoParser", "ERROR",
          "org.apache.kafka.storage.internals.log", "ERROR");

  private ServiceLogs() {}
}
