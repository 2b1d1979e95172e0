package dev.millrace.engine.transform;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Lists and maps among the values of an answer, as JSON has them. Any thread may call.
public final class NestedValue {

  private static final class Json {
    static final ObjectMapper MAPPER =
        new ObjectMapper().enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);
  }

  private NestedValue() {}

  public static boolean isNested(@Nullable Object value) {
    return value instanceof List || value instanceof Map;
  }

  /// The value with nothing in it that JSON does not have: numbers, truths, lists and maps stay,
  /// and all else is text; bytes are read as UTF-8.
  public static @Nullable Object plain(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Number number -> number;
      case Boolean truth -> truth;
      case byte[] bytes -> new String(bytes, StandardCharsets.UTF_8);
      case List<?> list -> {
        List<@Nullable Object> plain = new ArrayList<>();
        list.forEach(item -> plain.add(plain(item)));
        yield plain;
      }
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        map.forEach((key, item) -> plain.put(String.valueOf(key), plain(item)));
        yield plain;
      }
      default -> value.toString();
    };
  }

  /// A list or map as one line of JSON.
  public static String json(Object value) {
    try {
      return Json.MAPPER.writeValueAsString(plain(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A value that is no JSON: " + value, e);
    }
  }
}
