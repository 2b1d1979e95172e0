package dev.millrace.app.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.millrace.engine.transform.NestedValue;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where a command prints: results to stdout, as text or as one JSON object; progress to stderr.
///
/// Any thread may report progress; one thread prints results.
public final class Output {

  /// Made when something is first printed as JSON, which most starts never do.
  private static final class Json {
    static final ObjectMapper MAPPER =
        new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);
  }

  private final boolean json;
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;

  Output(boolean json) {
    this.json = json;
  }

  public boolean json() {
    return json;
  }

  /// One line of progress.
  public void progress(String line) {
    err.println(line);
  }

  /// The result, as JSON when asked for and else as lines.
  public void result(Map<String, ?> object, List<String> lines) {
    if (json) {
      out.println(write(object));
    } else {
      lines.forEach(out::println);
    }
  }

  /// Rows with the same keys, as a JSON array under `name` or as an aligned table.
  public void table(String name, List<? extends Map<String, ?>> rows) {
    if (json) {
      out.println(write(Map.of(name, rows)));
      return;
    }
    if (rows.isEmpty()) {
      out.println("(no " + name + ")");
      return;
    }
    align(rows).forEach(out::println);
  }

  /// Rows with the same keys as an aligned table.
  static List<String> align(List<? extends Map<String, ?>> rows) {
    Map<String, Integer> widths = new LinkedHashMap<>();
    for (Map<String, ?> row : rows) {
      row.forEach(
          (key, value) ->
              widths.merge(key, Math.max(key.length(), text(value).length()), Math::max));
    }
    List<String> lines = new ArrayList<>();
    StringBuilder head = new StringBuilder();
    widths.forEach((key, width) -> head.append(pad(key, width, false)).append("  "));
    lines.add(head.toString().stripTrailing());
    for (Map<String, ?> row : rows) {
      StringBuilder line = new StringBuilder();
      widths.forEach(
          (key, width) -> {
            Object value = row.get(key);
            line.append(pad(text(value), width, value instanceof Number)).append("  ");
          });
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private static String text(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case BigDecimal number -> number.toPlainString();
      default -> NestedValue.isNested(value) ? NestedValue.json(value) : value.toString();
    };
  }

  private static String pad(String text, int width, boolean right) {
    String blank = " ".repeat(Math.max(0, width - text.length()));
    return right ? blank + text : text + blank;
  }

  private static String write(Map<String, ?> object) {
    try {
      return Json.MAPPER.writeValueAsString(object);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A result that is no JSON: " + object, e);
    }
  }
}
