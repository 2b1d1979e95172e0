package dev.millrace.engine.deadletter;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Writes dead letters where other programs can read them.
final class ExportLetters {

  private static final JsonFactory JSON = new JsonFactory();

  private final DeadLetters letters;

  ExportLetters(DeadLetters letters) {
    this.letters = letters;
  }

  long lines(LetterFilter filter, Path file) {
    long[] written = new long[1];
    try (OutputStream out = Files.newOutputStream(file);
        JsonGenerator json = JSON.createGenerator(out)) {
      json.setRootValueSeparator(null);
      letters.forEach(
          filter,
          letter -> {
            try {
              write(json, letter);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
            written[0]++;
            return true;
          });
    } catch (IOException | UncheckedIOException e) {
      throw notWritten(file, e);
    }
    return written[0];
  }

  long files(LetterFilter filter, Path folder) {
    long[] written = new long[1];
    try {
      Files.createDirectories(folder);
      letters.forEach(
          filter,
          letter -> {
            LetterId id = letter.id();
            Path file =
                folder.resolve("%s-%d-%d.raw".formatted(id.topic(), id.partition(), id.offset()));
            try {
              Files.write(file, letter.raw());
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
            written[0]++;
            return true;
          });
    } catch (IOException | UncheckedIOException e) {
      throw notWritten(folder, e);
    }
    return written[0];
  }

  private static void write(JsonGenerator json, Letter letter) throws IOException {
    json.writeStartObject();
    json.writeStringField("feed", letter.feed());
    json.writeStringField("kafka_topic", letter.id().topic());
    json.writeNumberField("kafka_partition", letter.id().partition());
    json.writeNumberField("kafka_offset", letter.id().offset());
    json.writeStringField("reason", letter.reason());
    json.writeStringField("detail", letter.detail());
    json.writeNumberField("position", letter.position());
    json.writeStringField("seen_at", letter.seenAt().toString());
    json.writeStringField("state", letter.state().text());
    optional(json, "replay_id", letter.replayId());
    optional(json, "replay_from", letter.replayFrom());
    optional(json, "note", letter.note());
    optional(json, "changed_at", letter.changedAt().map(Object::toString));
    Optional<String> text = letter.text();
    if (text.isPresent()) {
      json.writeStringField("raw", text.get());
    } else {
      json.writeBinaryField("raw_base64", letter.raw());
    }
    json.writeEndObject();
    json.writeRaw('\n');
  }

  private static void optional(JsonGenerator json, String name, Optional<String> value)
      throws IOException {
    if (value.isPresent()) {
      json.writeStringField(name, value.get());
    } else {
      json.writeNullField(name);
    }
  }

  private static MillraceException notWritten(Path where, Exception e) {
    return new MillraceException(
        ErrorCode.FILE,
        "Dead letters could not be written to " + where + ": " + e.getMessage(),
        "choose a place that can be written and has room; the letters are as they were",
        e);
  }
}
