package dev.millrace.simulator.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SinkTest {

  @TempDir Path folder;

  @Test
  void aFileHasOneEventPerLine() throws IOException {
    Path file = folder.resolve("out/events.ndjson");
    try (FileSink sink = FileSink.open(file)) {
      sink.send(bytes("k"), bytes("{\"a\":1}"));
      sink.send(bytes("k"), bytes("{\"a\":2}"));
      sink.flush();
      assertThat(Files.readAllLines(file)).containsExactly("{\"a\":1}", "{\"a\":2}");
    }
  }

  @Test
  void aFileThatCannotBeMadeIsSaid() {
    assertThatThrownBy(() -> FileSink.open(folder))
        .isInstanceOfSatisfying(
            MillraceException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.FILE);
              assertThat(e.what()).contains(folder.toString());
            });
  }

  @Test
  void kafkaGetsKeyAndValue() {
    MockProducer<byte[], byte[]> producer = producer(true);
    try (KafkaSink sink = new KafkaSink(producer, "events", "broker:1")) {
      sink.send(bytes("k"), bytes("v"));
      sink.flush();
    }

    assertThat(producer.history())
        .singleElement()
        .satisfies(
            r -> {
              assertThat(r.topic()).isEqualTo("events");
              assertThat(r.partition()).isNull();
              assertThat(r.key()).isEqualTo(bytes("k"));
              assertThat(r.value()).isEqualTo(bytes("v"));
            });
    assertThat(producer.closed()).isTrue();
  }

  @Test
  void anEventThatIsNotAcknowledgedSurfaces() {
    MockProducer<byte[], byte[]> producer = producer(false);
    KafkaSink sink = new KafkaSink(producer, "events", "broker:1");
    sink.send(bytes("k"), bytes("v"));
    assertThat(producer.errorNext(new RecordTooLargeException("too large"))).isTrue();

    assertThatThrownBy(() -> sink.send(bytes("k"), bytes("w")))
        .isInstanceOfSatisfying(
            MillraceException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.SERVICE);
              assertThat(e.what()).contains("events").contains("broker:1").contains("too large");
            });
    assertThatThrownBy(sink::flush).isInstanceOf(MillraceException.class);
    assertThatThrownBy(sink::close).isInstanceOf(MillraceException.class);
    sink.close();
    assertThat(producer.history()).hasSize(1);
  }

  private static MockProducer<byte[], byte[]> producer(boolean completes) {
    return new MockProducer<>(
        completes, null, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
