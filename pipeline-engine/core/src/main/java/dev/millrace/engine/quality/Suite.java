package dev.millrace.engine.quality;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A suite of expectations in Great Expectations' 1.x terms.
///
/// @param suiteParameters values for `$PARAMETER`, which those given at run time go before
public record Suite(
    String name,
    List<ExpectationConfig> expectations,
    Map<String, @Nullable Object> suiteParameters,
    Map<String, @Nullable Object> meta) {

  public Suite {
    expectations = List.copyOf(expectations);
    suiteParameters = Collections.unmodifiableMap(new LinkedHashMap<>(suiteParameters));
    meta = Collections.unmodifiableMap(new LinkedHashMap<>(meta));
  }
}
