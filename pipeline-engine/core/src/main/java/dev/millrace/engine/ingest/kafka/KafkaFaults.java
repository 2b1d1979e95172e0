package dev.millrace.engine.ingest.kafka;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;

/// Failures of Kafka a person reads.
final class KafkaFaults {

  private KafkaFaults() {}

  static MillraceException unreachable(String bootstrap, Throwable cause) {
    return new MillraceException(
        ErrorCode.SERVICE,
        "Kafka at " + bootstrap + " gave no answer",
        "start the services (millrace services), or mend the address in the profile",
        cause);
  }

  /// A failure that does not pass by itself.
  static MillraceException lasting(String what, String bootstrap, Throwable cause) {
    String remedy =
        switch (cause) {
          case AuthenticationException _ -> "mend the credentials of the Kafka connection";
          case AuthorizationException _ ->
              "let this user read, describe and create the topic and use its consumer group";
          default -> "look into the broker's log, then start the stream again";
        };
    return new MillraceException(
        ErrorCode.SERVICE,
        what + " at " + bootstrap + " failed: " + cause.getMessage(),
        remedy,
        cause);
  }

  static MillraceException fenced(String topic, String member, Throwable cause) {
    return new MillraceException(
        ErrorCode.SERVICE,
        "Another worker reads topic %s under the member name '%s', so the group shut this one out"
            .formatted(topic, member),
        "give each worker a member name of its own; nothing is lost, the other one goes on",
        cause);
  }

  static MillraceException madeAnew(String topic, int partition, long wanted, long end) {
    return new MillraceException(
        ErrorCode.SERVICE,
        "Partition %d of topic %s ends at offset %d, but the tables hold it up to %d: the topic was made anew or lost records"
            .formatted(partition, topic, end, wanted),
        "restore the topic, or give the feed a topic and tables of a new name; nothing was"
            + " changed");
  }
}
