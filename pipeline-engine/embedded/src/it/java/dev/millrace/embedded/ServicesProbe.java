package dev.millrace.embedded;

import dev.millrace.engine.model.ServiceEndpoints;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// Writes to both services and reads back, as a client of theirs would.
final class ServicesProbe {

  private static final String TOPIC = "probe";

  private ServicesProbe() {}

  static void makeTopicAndTable(ServiceEndpoints endpoints)
      throws ExecutionException, InterruptedException, SQLException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", endpoints.kafka()))) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
    }
    execute(endpoints, "CREATE TABLE probe (id bigserial PRIMARY KEY, said text NOT NULL)");
  }

  static void write(ServiceEndpoints endpoints, String word)
      throws ExecutionException, InterruptedException, SQLException {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", endpoints.kafka(), "acks", "all"),
            new StringSerializer(),
            new StringSerializer())) {
      producer.send(new ProducerRecord<>(TOPIC, word)).get();
    }
    execute(endpoints, "INSERT INTO probe (said) VALUES ('" + word + "')");
  }

  static List<String> inTopic(ServiceEndpoints endpoints) {
    TopicPartition partition = new TopicPartition(TOPIC, 0);
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", endpoints.kafka()),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      List<String> words = new ArrayList<>();
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofSeconds(5))) {
          words.add(record.value());
        }
      }
      return words;
    }
  }

  static List<String> inTable(ServiceEndpoints endpoints) throws SQLException {
    return query(endpoints, "SELECT said FROM probe ORDER BY id");
  }

  static List<String> query(ServiceEndpoints endpoints, String sql) throws SQLException {
    try (Connection connection = connect(endpoints);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }

  private static void execute(ServiceEndpoints endpoints, String sql) throws SQLException {
    try (Connection connection = connect(endpoints);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static Connection connect(ServiceEndpoints endpoints) throws SQLException {
    return DriverManager.getConnection(endpoints.jdbcUrl(), endpoints.user(), endpoints.password());
  }
}
