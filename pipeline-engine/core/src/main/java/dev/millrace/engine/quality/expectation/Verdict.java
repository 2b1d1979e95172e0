package dev.millrace.engine.quality.expectation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a check found, its result in Great Expectations' fields.
public record Verdict(boolean success, Map<String, @Nullable Object> result) {

  public Verdict {
    result = Collections.unmodifiableMap(new LinkedHashMap<>(result));
  }

  static Verdict observed(boolean success, @Nullable Object value) {
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    result.put("observed_value", value);
    return new Verdict(success, result);
  }
}
