package dev.millrace.engine.pipeline.yaml;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// A value of a definition file, told as a fault where it is not what was asked for.
///
/// Every reader here returns empty after telling a fault.
public final class YamlValue {

  private static final Pattern WHOLE = Pattern.compile("[-+]?\\d{1,18}");
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d{1,3})?");

  private final Node node;
  private final String path;
  private final String file;
  private final Faults faults;

  YamlValue(Node node, String path, String file, Faults faults) {
    this.node = node;
    this.path = path;
    this.file = file;
    this.faults = faults;
  }

  static int line(Node node) {
    return node.getStartMark().map(m -> m.getLine() + 1).orElse(0);
  }

  /// From 1.
  public int line() {
    return line(node);
  }

  /// Keys from the top of the file, joined by dots.
  public String path() {
    return path;
  }

  /// The file it stands in, as the user knows it.
  public String file() {
    return file;
  }

  public boolean isNull() {
    return node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL);
  }

  public boolean isMap() {
    return node instanceof MappingNode;
  }

  public boolean isList() {
    return node instanceof SequenceNode;
  }

  /// Tells a fault of this value.
  ///
  /// @param what goes on from the value's path, for example `is no column of the feed`
  public void fault(String what, String remedy) {
    faults.add(file, line(), "`" + path + "` " + what, remedy);
  }

  /// Any scalar as it is written, not blank.
  public Optional<String> text() {
    if (!(node instanceof ScalarNode scalar)) {
      fault("is " + sort() + " where a text should stand", "write one word or a quoted text");
      return Optional.empty();
    }
    if (isNull() || scalar.getValue().isBlank()) {
      fault("has no value", "write a text");
      return Optional.empty();
    }
    return Optional.of(scalar.getValue());
  }

  /// A text, which may be blank.
  public Optional<String> anyText() {
    return node instanceof ScalarNode scalar && !isNull() ? Optional.of(scalar.getValue()) : text();
  }

  /// A text of this form.
  ///
  /// @param rule the form in words, after `write `
  public Optional<String> text(Pattern form, String rule) {
    Optional<String> text = text();
    if (text.isPresent() && !form.matcher(text.get()).matches()) {
      fault("cannot be '" + text.get() + "'", "write " + rule);
      return Optional.empty();
    }
    return text;
  }

  /// One of these words.
  public Optional<String> oneOf(List<String> words) {
    Optional<String> text = text();
    if (text.isPresent() && !words.contains(text.get())) {
      fault("cannot be '" + text.get() + "'", Nearest.remedy(text.get(), words));
      return Optional.empty();
    }
    return text;
  }

  /// A whole number, both bounds allowed.
  public Optional<Integer> whole(int low, int high) {
    Optional<String> text = plain(WHOLE, "a whole number from " + low + " to " + high);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    long value = Long.parseLong(text.get());
    if (value < low || value > high) {
      fault("is " + value, "write a whole number from " + low + " to " + high);
      return Optional.empty();
    }
    return Optional.of((int) value);
  }

  /// Any finite number.
  public Optional<Double> number() {
    return number(-Double.MAX_VALUE, Double.MAX_VALUE, "a number");
  }

  /// A number, both bounds allowed.
  ///
  /// @param rule the bounds in words, after `write `
  public Optional<Double> number(double low, double high, String rule) {
    Optional<String> text = plain(NUMBER, rule);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    double value = Double.parseDouble(text.get());
    if (!(value >= low && value <= high)) {
      fault("is " + text.get(), "write " + rule);
      return Optional.empty();
    }
    return Optional.of(value);
  }

  /// `true` or `false`.
  public Optional<Boolean> flag() {
    return plain(Pattern.compile("true|false"), "true or false").map(Boolean::valueOf);
  }

  /// A duration, both bounds allowed.
  public Optional<Duration> duration(Duration low, Duration high) {
    Optional<String> text = text();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<Duration> duration = Durations.parse(text.get());
    if (duration.isEmpty()) {
      fault("is no duration: '" + text.get() + "'", "write for example 500ms, 30s, 10m or 1h");
    } else if (duration.get().compareTo(low) < 0 || duration.get().compareTo(high) > 0) {
      fault(
          "is " + text.get(),
          "write a duration from " + Durations.text(low) + " to " + Durations.text(high));
      return Optional.empty();
    }
    return duration;
  }

  public Optional<YamlMap> map() {
    if (node instanceof MappingNode mapping) {
      return Optional.of(new YamlMap(mapping, path, file, faults));
    }
    fault("is " + sort() + " where keys should stand", "write `key: value` lines under it");
    return Optional.empty();
  }

  public Optional<List<YamlValue>> list() {
    if (node instanceof SequenceNode sequence) {
      List<YamlValue> items = new ArrayList<>();
      for (int i = 0; i < sequence.getValue().size(); i++) {
        items.add(
            new YamlValue(sequence.getValue().get(i), path + "[" + (i + 1) + "]", file, faults));
      }
      return Optional.of(items);
    }
    fault("is " + sort() + " where a list should stand", "write [a, b] or `- a` lines under it");
    return Optional.empty();
  }

  /// The list's items, or the one value itself.
  public List<YamlValue> oneOrMany() {
    return isList() ? list().orElseThrow() : List.of(this);
  }

  private Optional<String> plain(Pattern form, String rule) {
    if (node instanceof ScalarNode scalar
        && scalar.getScalarStyle() == ScalarStyle.PLAIN
        && form.matcher(scalar.getValue()).matches()) {
      return Optional.of(scalar.getValue());
    }
    String found = node instanceof ScalarNode scalar ? "'" + scalar.getValue() + "'" : sort();
    fault("is " + found, "write " + rule);
    return Optional.empty();
  }

  private String sort() {
    return switch (node) {
      case MappingNode _ -> "a mapping";
      case SequenceNode _ -> "a list";
      default -> "a single value";
    };
  }
}
