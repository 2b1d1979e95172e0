package dev.millrace.engine.pipeline.yaml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// A mapping of a definition file. What is asked of it and is not so becomes a fault.
public final class YamlMap {

  /// A key with its value, in the file's order.
  ///
  /// @param line the key's, from 1
  public record Entry(String key, int line, YamlValue value) {}

  private final String path;
  private final String file;
  private final Faults faults;
  private final int line;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  YamlMap(MappingNode node, String path, String file, Faults faults) {
    this.path = path;
    this.file = file;
    this.faults = faults;
    this.line = YamlValue.line(node);
    for (NodeTuple tuple : node.getValue()) {
      take(tuple);
    }
  }

  private void take(NodeTuple tuple) {
    int keyLine = YamlValue.line(tuple.getKeyNode());
    if (!(tuple.getKeyNode() instanceof ScalarNode key) || key.getTag().equals(Tag.NULL)) {
      faults.add(file, keyLine, here() + "a key is no text", "write `key: value`");
      return;
    }
    String name = key.getValue();
    Entry first = entries.get(name);
    if (first != null) {
      faults.add(
          file,
          keyLine,
          "`" + child(name) + "` stands twice, first in line " + first.line(),
          "leave one of them");
      return;
    }
    entries.put(
        name,
        new Entry(name, keyLine, new YamlValue(tuple.getValueNode(), child(name), file, faults)));
  }

  public int line() {
    return line;
  }

  public Set<String> keys() {
    return Collections.unmodifiableSet(entries.keySet());
  }

  public List<Entry> entries() {
    return List.copyOf(entries.values());
  }

  /// Refuses every key but these.
  public YamlMap only(String... known) {
    List<String> free = new ArrayList<>(List.of(known));
    free.removeAll(entries.keySet());
    for (Entry entry : entries.values()) {
      if (!List.of(known).contains(entry.key())) {
        String remedy =
            Nearest.to(entry.key(), free)
                .map(near -> "write " + near + "?")
                .orElse("known here: " + String.join(", ", known));
        faults.add(file, entry.line(), "`" + child(entry.key()) + "` is no known key", remedy);
      }
    }
    return this;
  }

  /// The key's value; empty when the key is not there. A key without value is a fault.
  public Optional<YamlValue> optional(String key) {
    Entry entry = entries.get(key);
    if (entry == null) {
      return Optional.empty();
    }
    if (entry.value().isNull()) {
      faults.add(
          file,
          entry.line(),
          "`" + child(key) + "` has no value",
          "write one, or leave the key out");
      return Optional.empty();
    }
    return Optional.of(entry.value());
  }

  /// The key's value; empty after telling that it misses.
  ///
  /// @param example what may stand after `key: `
  public Optional<YamlValue> required(String key, String example) {
    Entry entry = entries.get(key);
    if (entry != null && !entry.value().isNull()) {
      return Optional.of(entry.value());
    }
    faults.add(
        file,
        entry == null ? line : entry.line(),
        "`" + child(key) + "` " + (entry == null ? "is missing" : "has no value"),
        "write for example `" + key + ": " + example + "`");
    return Optional.empty();
  }

  private String child(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private String here() {
    return path.isEmpty() ? "" : "in `" + path + "` ";
  }
}
