package dev.millrace.engine.quality.history;

import dev.millrace.engine.quality.ExpectationResult;
import dev.millrace.engine.quality.ReadResult;
import dev.millrace.engine.quality.ValidationRecord;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// Which expectations one validation found met, by their titles; two of one title are told apart by
/// their place.
record Verdicts(Instant at, Map<String, Boolean> met) {

  static Verdicts of(ValidationRecord record) {
    Map<String, Boolean> met = new LinkedHashMap<>();
    for (ExpectationResult result : ReadResult.of(record.json()).results()) {
      String title = result.config().title();
      String name = title;
      for (int nth = 2; met.containsKey(name); nth++) {
        name = title + " #" + nth;
      }
      met.put(name, result.success());
    }
    return new Verdicts(record.validatedAt(), met);
  }
}
