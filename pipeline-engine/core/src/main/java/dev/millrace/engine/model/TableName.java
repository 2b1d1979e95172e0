package dev.millrace.engine.model;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Name of a lake table within its pipeline, for example `silver.readings`.
public record TableName(Layer layer, String name) implements Comparable<TableName> {

  private static final Pattern IDENTIFIER = Pattern.compile("[a-z][a-z0-9_]{0,62}");

  public TableName {
    if (!IDENTIFIER.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "'" + name + "' is no table name: a lower-case letter, then letters, digits and _");
    }
  }

  /// The table that `layer.name` names, or empty when the text names none.
  public static Optional<TableName> parse(String text) {
    int dot = text.indexOf('.');
    if (dot <= 0) {
      return Optional.empty();
    }
    String name = text.substring(dot + 1);
    for (Layer layer : Layer.values()) {
      if (layer.sqlName().equals(text.substring(0, dot).toLowerCase(Locale.ROOT))
          && IDENTIFIER.matcher(name).matches()) {
        return Optional.of(new TableName(layer, name));
      }
    }
    return Optional.empty();
  }

  public static TableName bronze(String feed) {
    return new TableName(Layer.BRONZE, feed.replace('-', '_'));
  }

  public static TableName deadLetters(String feed) {
    return new TableName(Layer.DEAD_LETTERS, feed.replace('-', '_'));
  }

  @Override
  public int compareTo(TableName other) {
    int byLayer = layer.compareTo(other.layer);
    return byLayer != 0 ? byLayer : name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return layer.sqlName() + "." + name;
  }
}
