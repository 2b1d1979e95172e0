package dev.millrace.engine.quality;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Suites in Great Expectations' 1.x JSON.
final class SuiteJson {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private SuiteJson() {}

  static String of(Suite suite) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", suite.name());
    json.putAll(suite.more());
    json.put("expectations", suite.expectations().stream().map(SuiteJson::expectation).toList());
    json.put("suite_parameters", ResultJson.plain(suite.suiteParameters()));
    json.put("meta", ResultJson.plain(suite.meta()));
    try {
      return JSON.writeValueAsString(json) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Plain values can be written", e);
    }
  }

  static Map<String, @Nullable Object> expectation(ExpectationConfig config) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("type", config.type());
    json.put("kwargs", ResultJson.plain(config.kwargs()));
    json.put("meta", ResultJson.plain(config.meta()));
    // Versions before 1.5 know no severity and refuse it; where there is none it is critical.
    if (config.severity() != Severity.CRITICAL) {
      json.put("severity", config.severity().jsonName());
    }
    config.more().forEach((key, value) -> json.put(key, ResultJson.plain(value)));
    return json;
  }
}
