package dev.millrace.engine.lake.delta;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.engine.lake.store.DurableFiles;
import dev.millrace.engine.lake.store.LocalFileIO;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// Entries of the log as text: read, and written anew without what must not stand there.
final class LogText {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ERASED = "(erased)";

  private LogText() {}

  static List<JsonNode> read(Path entry) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(entry)) {
      if (!line.isBlank()) {
        lines.add(JSON.readTree(line));
      }
    }
    return lines;
  }

  /// Writes the entry without the texts meant; false when it holds none.
  static boolean rewrite(Path entry, Predicate<String> meant) throws IOException {
    boolean changed = false;
    StringBuilder text = new StringBuilder();
    for (JsonNode line : read(entry)) {
      changed |= strip(line, meant);
      text.append(JSON.writeValueAsString(line)).append('\n');
    }
    if (changed) {
      Path temporary = LocalFileIO.temporaryFor(entry);
      try {
        Files.writeString(temporary, text);
        Files.setLastModifiedTime(temporary, Files.getLastModifiedTime(entry));
        DurableFiles.force(temporary);
        DurableFiles.replace(temporary, entry);
      } finally {
        Files.deleteIfExists(temporary);
      }
    }
    return changed;
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
