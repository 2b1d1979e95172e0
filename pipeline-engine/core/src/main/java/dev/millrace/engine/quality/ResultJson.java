package dev.millrace.engine.quality;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Results in Great Expectations' 1.x JSON.
final class ResultJson {

  private static final ObjectMapper JSON = new ObjectMapper();

  private ResultJson() {}

  static String of(ValidationResult validation) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("success", validation.judged() ? validation.success() : null);
    json.put("results", validation.results().stream().map(ResultJson::result).toList());
    json.put("suite_name", validation.suite());
    json.put("suite_parameters", plain(validation.suiteParameters()));
    Map<String, @Nullable Object> statistics = new LinkedHashMap<>();
    statistics.put("evaluated_expectations", validation.results().size());
    statistics.put("successful_expectations", validation.passed());
    statistics.put("unsuccessful_expectations", validation.results().size() - validation.passed());
    statistics.put("success_percent", validation.judged() ? validation.percent() : null);
    json.put("statistics", statistics);
    Map<String, @Nullable Object> meta = new LinkedHashMap<>();
    switch (validation.data()) {
      case JudgedData.Table table -> {
        meta.put("pipeline", validation.pipeline());
        meta.put("table", table.name().toString());
        meta.put("table_version", table.version());
        meta.put("scope", table.slice().title());
        meta.put("released_rows", validation.releasedRows());
        meta.put("open_rows", validation.openRows());
      }
      case JudgedData.File file -> meta.put("file", file.path());
    }
    meta.put("rows", validation.data().rows());
    // Data Docs cannot show a result without it.
    meta.put(
        "run_id",
        Map.of(
            "run_name",
            validation.data().title(),
            "run_time",
            validation.validatedAt().toString()));
    meta.put("validation_time", validation.validatedAt().toString());
    json.put("meta", meta);
    try {
      return JSON.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Plain values can be written", e);
    }
  }

  private static Map<String, @Nullable Object> result(ExpectationResult result) {
    Map<String, @Nullable Object> config = SuiteJson.expectation(result.config());
    Map<String, @Nullable Object> exception = new LinkedHashMap<>();
    exception.put("raised_exception", result.error().isPresent());
    exception.put("exception_traceback", result.error().orElse(null));
    exception.put("exception_message", result.error().orElse(null));
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("success", result.success());
    json.put("expectation_config", config);
    json.put("result", plain(result.result()));
    json.put("meta", Map.of());
    json.put("exception_info", exception);
    return json;
  }

  /// Values that JSON has; times and dates as ISO texts, bytes in base 64.
  static @Nullable Object plain(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        map.forEach((k, v) -> plain.put(String.valueOf(k), plain(v)));
        yield plain;
      }
      case List<?> list -> {
        List<@Nullable Object> plain = new ArrayList<>();
        list.forEach(element -> plain.add(plain(element)));
        yield plain;
      }
      case Double number -> Double.isFinite(number) ? number : number.toString();
      case Number number -> number;
      case Boolean flag -> flag;
      case byte[] bytes -> Base64.getEncoder().encodeToString(bytes);
      default -> value.toString();
    };
  }
}
