package dev.millrace.engine.lake.delta;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/// Entries of the log as text: read, and written anew without what must not stand there.
final class LogText {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectMapper WHOLE =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final String ERASED = "(erased)";

  private LogText() {}

  static List<JsonNode> read(byte[] entry) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : new String(entry, StandardCharsets.UTF_8).split("\n")) {
      if (!line.isBlank()) {
        lines.add(JSON.readTree(line));
      }
    }
    return lines;
  }

  /// The first line, from 1, that is no JSON object; an entry of no line breaks off at its first.
  static OptionalInt brokenLine(byte[] entry) {
    String[] lines = new String(entry, StandardCharsets.UTF_8).split("\n", -1);
    boolean some = false;
    for (int i = 0; i < lines.length; i++) {
      if (lines[i].isBlank()) {
        continue;
      }
      some = true;
      try {
        if (!WHOLE.readTree(lines[i]).isObject()) {
          return OptionalInt.of(i + 1);
        }
      } catch (JsonProcessingException _) {
        return OptionalInt.of(i + 1);
      }
    }
    return some ? OptionalInt.empty() : OptionalInt.of(1);
  }

  /// The entry without the texts meant; empty when it holds none.
  static Optional<byte[]> without(byte[] entry, Predicate<String> meant) throws IOException {
    boolean changed = false;
    StringBuilder text = new StringBuilder();
    for (JsonNode line : read(entry)) {
      changed |= strip(line, meant);
      text.append(JSON.writeValueAsString(line)).append('\n');
    }
    return changed
        ? Optional.of(text.toString().getBytes(StandardCharsets.UTF_8))
        : Optional.empty();
  }

  private static boolean strip(JsonNode line, Predicate<String> meant) throws IOException {
    boolean changed = false;
    for (String action : List.of("add", "remove")) {
      if (line.get(action) instanceof ObjectNode file && file.path("stats").isTextual()) {
        JsonNode statistics = statistics(file.path("stats").asText());
        if (statistics instanceof ObjectNode bounds && holds(bounds, meant)) {
          bounds.remove(List.of("minValues", "maxValues"));
          file.put("stats", JSON.writeValueAsString(bounds));
          changed = true;
        }
      }
    }
    if (line.get("commitInfo") instanceof ObjectNode info) {
      changed |= blank(info, meant);
    }
    return changed;
  }

  private static JsonNode statistics(String text) throws IOException {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException unreadable) {
      throw new IOException("Statistics that are no JSON", unreadable);
    }
  }

  private static boolean holds(JsonNode node, Predicate<String> meant) {
    return node.isValueNode()
        ? meant.test(node.asText())
        : node.valueStream().anyMatch(child -> holds(child, meant));
  }

  /// Another program may have put a condition of its DELETE there.
  private static boolean blank(ObjectNode node, Predicate<String> meant) {
    boolean changed = false;
    for (Map.Entry<String, JsonNode> field : List.copyOf(node.properties())) {
      if (field.getValue() instanceof ObjectNode inner) {
        changed |= blank(inner, meant);
      } else if (field.getValue().isTextual() && meant.test(field.getValue().asText())) {
        node.put(field.getKey(), ERASED);
        changed = true;
      }
    }
    return changed;
  }
}
