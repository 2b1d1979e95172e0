package dev.millrace.engine.quality;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.engine.error.Problem;
import dev.millrace.engine.error.ProblemsException;
import dev.millrace.engine.pipeline.SuiteSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads a suite's JSON, every fault with its line.
///
/// Whether an expectation's type and arguments make sense is judged with the data; here only the
/// form counts.
public final class ReadSuite {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Set<String> OF_A_SUITE =
      Set.of("name", "id", "expectations", "suite_parameters", "meta", "notes");
  private static final Set<String> OF_AN_EXPECTATION =
      Set.of(
          "type",
          "kwargs",
          "meta",
          "severity",
          "id",
          "notes",
          "description",
          "expectation_context",
          "rendered_content");

  /// Fields of an expectation that have a place of their own.
  private static final Set<String> READ = Set.of("type", "kwargs", "meta", "severity");

  private final String file;
  private final List<Problem> problems = new ArrayList<>();
  private final List<ExpectationConfig> expectations = new ArrayList<>();
  private final Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
  private final Map<String, @Nullable Object> meta = new LinkedHashMap<>();
  private final Map<String, @Nullable Object> more = new LinkedHashMap<>();
  private String name = "";

  private ReadSuite(String file) {
    this.file = file;
  }

  /// @throws ProblemsException with every fault of the file
  public static Suite of(SuiteSource source) {
    ReadSuite reader = new ReadSuite(source.file());
    reader.read(source.json());
    if (!reader.problems.isEmpty()) {
      throw new ProblemsException("The suite " + source.file(), reader.problems);
    }
    return new Suite(reader.name, reader.expectations, reader.parameters, reader.meta, reader.more);
  }

  /// The name of a suite; empty when it cannot be read.
  public static Optional<String> name(SuiteSource source) {
    try {
      return Optional.of(of(source).name());
    } catch (ProblemsException _) {
      return Optional.empty();
    }
  }

  private void read(String json) {
    try (JsonParser parser = JSON.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        fault(1, "it is no JSON object", "begin it with {\"name\": …, \"expectations\": […]}");
        return;
      }
      boolean told = false;
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String key = parser.currentName();
        int line = parser.currentTokenLocation().getLineNr();
        parser.nextToken();
        told |= key.equals("expectations");
        field(key, line, parser);
      }
      if (parser.nextToken() != null) {
        fault(
            parser.currentTokenLocation().getLineNr(),
            "something stands after the suite",
            "take it out");
      }
      if (name.isEmpty() && problems.isEmpty()) {
        fault(1, "it has no name", "add \"name\": \"my_suite\"");
      }
      if (!told) {
        fault(
            1,
            "it has no expectations",
            "add \"expectations\": [ {\"type\": …, \"kwargs\": {…}} ]");
      }
    } catch (JsonProcessingException e) {
      fault(
          e.getLocation() == null ? 0 : e.getLocation().getLineNr(),
          "it is no JSON: " + e.getOriginalMessage(),
          "mend it there");
    } catch (IOException e) {
      throw new IllegalStateException("A text in memory can be read", e);
    }
  }

  private void field(String key, int line, JsonParser parser) throws IOException {
    switch (key) {
      case "name" -> {
        if (parser.currentToken() == JsonToken.VALUE_STRING && !parser.getText().isBlank()) {
          name = parser.getText();
        } else {
          fault(line, "name is no text", "write \"name\": \"my_suite\"");
          parser.skipChildren();
        }
      }
      case "expectations" -> {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
          fault(line, "expectations is no list", "write \"expectations\": [ … ]");
          parser.skipChildren();
          return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          int at = parser.currentTokenLocation().getLineNr();
          expectation(JSON.readValue(parser, Object.class), at);
        }
      }
      case "suite_parameters" -> parameters.putAll(object(key, line, read(parser)));
      case "meta" -> meta.putAll(object(key, line, read(parser)));
      default -> {
        if (OF_A_SUITE.contains(key)) {
          more.put(key, read(parser));
        } else {
          fault(line, "there is no " + key + " in a suite", unknown(key));
          parser.skipChildren();
        }
      }
    }
  }

  private static @Nullable Object read(JsonParser parser) throws IOException {
    return parser.currentToken() == JsonToken.VALUE_NULL
        ? null
        : JSON.readValue(parser, Object.class);
  }

  private void expectation(@Nullable Object value, int line) {
    if (!(value instanceof Map<?, ?>)) {
      fault(line, "an expectation is no object", "write {\"type\": …, \"kwargs\": {…}}");
      return;
    }
    int faults = problems.size();
    Map<String, @Nullable Object> map = object("expectation", line, value);
    for (String key : map.keySet()) {
      if (!OF_AN_EXPECTATION.contains(key)) {
        fault(line, "there is no " + key + " in an expectation", unknown(key));
      }
    }
    if (!(map.get("type") instanceof String type) || type.isBlank()) {
      fault(line, "an expectation has no type", "add \"type\": \"expect_…\"");
      return;
    }
    Severity severity = Severity.CRITICAL;
    Object told = map.get("severity");
    if (told != null) {
      severity =
          Severity.named(told.toString())
              .orElseGet(
                  () -> {
                    fault(
                        line,
                        "the severity of " + type + " is " + told,
                        "write critical, warning or info");
                    return Severity.CRITICAL;
                  });
    }
    Map<String, @Nullable Object> kwargs = object("kwargs", line, map.get("kwargs"));
    Map<String, @Nullable Object> notes = object("meta", line, map.get("meta"));
    Object consequence = notes.get(Consequence.META_KEY);
    if (consequence != null && Consequence.named(consequence.toString()).isEmpty()) {
      fault(
          line,
          "on_failure of " + type + " is " + consequence,
          "write record, warn, stop_load or stop_flow");
    }
    if (problems.size() == faults) {
      Map<String, @Nullable Object> more = new LinkedHashMap<>(map);
      more.keySet().removeAll(READ);
      expectations.add(new ExpectationConfig(type, kwargs, notes, severity, more, line));
    }
  }

  private Map<String, @Nullable Object> object(String key, int line, @Nullable Object value) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    switch (value) {
      case null -> {}
      case Map<?, ?> map -> map.forEach((k, v) -> object.put(String.valueOf(k), v));
      case Object _ -> fault(line, key + " is no object", "write \"" + key + "\": { … }");
    }
    return object;
  }

  private static String unknown(String key) {
    return switch (key) {
      case "expectation_type" -> "write \"type\"";
      case "expectation_suite_name" -> "write \"name\"";
      case "evaluation_parameters" -> "write \"suite_parameters\"";
      default -> "take it out";
    };
  }

  private void fault(int line, String what, String remedy) {
    problems.add(new Problem(file, line, what, remedy));
  }
}
