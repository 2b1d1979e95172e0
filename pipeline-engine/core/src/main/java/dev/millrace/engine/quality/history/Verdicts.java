package dev.millrace.engine.quality.history;

import dev.millrace.engine.quality.ExpectationResult;
import dev.millrace.engine.quality.Names;
import dev.millrace.engine.quality.ReadResult;
import dev.millrace.engine.quality.ValidationRecord;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Which expectations one validation found met, by their names.
record Verdicts(Instant at, Map<String, Boolean> met) {

  static Verdicts of(ValidationRecord record) {
    List<ExpectationResult> results = ReadResult.of(record.json()).results();
    List<String> names = Names.of(results.stream().map(ExpectationResult::config).toList());
    Map<String, Boolean> met = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      met.put(names.get(i), results.get(i).success());
    }
    return new Verdicts(record.validatedAt(), met);
  }
}
