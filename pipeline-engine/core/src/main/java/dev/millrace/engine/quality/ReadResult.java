package dev.millrace.engine.quality;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads a validation result in Great Expectations' 1.x JSON, ours or one of its own.
public final class ReadResult {

  private static final ObjectMapper JSON = new ObjectMapper();

  private ReadResult() {}

  /// A result as it was written.
  ///
  /// @param suite name of the suite; empty when it is not said
  public record Document(
      boolean success,
      String suite,
      List<ExpectationResult> results,
      Map<String, @Nullable Object> suiteParameters,
      Map<String, @Nullable Object> meta) {

    public Document {
      results = List.copyOf(results);
      suiteParameters = Collections.unmodifiableMap(new LinkedHashMap<>(suiteParameters));
      meta = Collections.unmodifiableMap(new LinkedHashMap<>(meta));
    }
  }

  /// @throws MillraceException `DEFINITION` when it is none
  public static Document of(String json) {
    Map<String, @Nullable Object> root;
    try {
      root = map(JSON.readValue(json, Object.class));
    } catch (JsonProcessingException e) {
      throw new MillraceException(
          ErrorCode.DEFINITION,
          "This is no validation result: " + e.getOriginalMessage(),
          "give the JSON that a validation wrote",
          e);
    }
    if (!(root.get("results") instanceof List<?> list)) {
      throw new MillraceException(
          ErrorCode.DEFINITION,
          "This is no validation result: it has no list of results",
          "give the JSON that a validation wrote");
    }
    List<ExpectationResult> results = new ArrayList<>();
    for (Object one : list) {
      results.add(result(map(one)));
    }
    return new Document(
        Boolean.TRUE.equals(root.get("success")),
        root.get("suite_name") instanceof String name ? name : "",
        results,
        map(root.get("suite_parameters")),
        map(root.get("meta")));
  }

  private static ExpectationResult result(Map<String, @Nullable Object> json) {
    Map<String, @Nullable Object> config = map(json.get("expectation_config"));
    Map<String, @Nullable Object> more = new LinkedHashMap<>(config);
    more.keySet().removeAll(List.of("type", "kwargs", "meta", "severity"));
    ExpectationConfig expectation =
        new ExpectationConfig(
            String.valueOf(config.get("type")),
            map(config.get("kwargs")),
            map(config.get("meta")),
            Severity.named(String.valueOf(config.get("severity"))).orElse(Severity.CRITICAL),
            more,
            0);
    Map<String, @Nullable Object> exception = map(json.get("exception_info"));
    Optional<String> error =
        Boolean.TRUE.equals(exception.get("raised_exception"))
            ? Optional.of(String.valueOf(exception.get("exception_message")))
            : Optional.empty();
    return new ExpectationResult(
        Boolean.TRUE.equals(json.get("success")) && error.isEmpty(),
        expectation,
        map(json.get("result")),
        error);
  }

  private static Map<String, @Nullable Object> map(@Nullable Object value) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> told) {
      told.forEach((k, v) -> map.put(String.valueOf(k), v));
    }
    return map;
  }
}
