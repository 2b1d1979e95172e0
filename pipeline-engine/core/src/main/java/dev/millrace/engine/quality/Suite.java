package dev.millrace.engine.quality;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A suite of expectations in Great Expectations' 1.x terms.
///
/// @param suiteParameters values for `$PARAMETER`, which those given at run time go before
/// @param more its further fields as they stood, `id` and `notes`
public record Suite(
    String name,
    List<ExpectationConfig> expectations,
    Map<String, @Nullable Object> suiteParameters,
    Map<String, @Nullable Object> meta,
    Map<String, @Nullable Object> more) {

  public Suite {
    expectations = List.copyOf(expectations);
    suiteParameters = Collections.unmodifiableMap(new LinkedHashMap<>(suiteParameters));
    meta = Collections.unmodifiableMap(new LinkedHashMap<>(meta));
    more = Collections.unmodifiableMap(new LinkedHashMap<>(more));
  }

  /// Of no further fields.
  public Suite(
      String name,
      List<ExpectationConfig> expectations,
      Map<String, @Nullable Object> suiteParameters,
      Map<String, @Nullable Object> meta) {
    this(name, expectations, suiteParameters, meta, Map.of());
  }

  /// This suite, when judging by it says anything.
  ///
  /// @throws MillraceException `USAGE` when it has no expectation
  Suite judgeable() {
    if (expectations.isEmpty()) {
      throw new MillraceException(
          ErrorCode.USAGE,
          "The suite " + name + " has no expectation, so nothing was judged",
          "write at least one, or have one proposed by 'millrace quality profile'");
    }
    return this;
  }

  /// As Great Expectations 1.x writes a suite, laid out for people.
  public String json() {
    return SuiteJson.of(this);
  }
}
