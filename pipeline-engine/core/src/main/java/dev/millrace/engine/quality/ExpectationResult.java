package dev.millrace.engine.quality;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What became of one expectation.
///
/// @param config as it was judged, suite parameters put in
/// @param result Great Expectations' fields, for example `unexpected_count` or `observed_value`
/// @param error why it could not be judged; then it is no success
public record ExpectationResult(
    boolean success,
    ExpectationConfig config,
    Map<String, @Nullable Object> result,
    Optional<String> error) {

  public ExpectationResult {
    if (success && error.isPresent()) {
      throw new IllegalArgumentException("What could not be judged is no success");
    }
    result = Collections.unmodifiableMap(new LinkedHashMap<>(result));
  }

  static ExpectationResult failed(ExpectationConfig config, String reason) {
    return new ExpectationResult(false, config, Map.of(), Optional.of(reason));
  }
}
