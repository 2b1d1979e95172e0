package dev.millrace.engine.api;

import dev.millrace.engine.error.ErrorCode;
import java.util.Map;

/// How work ended.
public sealed interface Outcome {

  /// @param summary one line for people
  /// @param rows rows written, judged or loaded, by table
  record Done(String summary, Map<String, Long> rows) implements Outcome {
    public Done {
      rows = Map.copyOf(rows);
    }
  }

  record Failed(ErrorCode code, String what, String remedy) implements Outcome {}

  record Cancelled(String summary) implements Outcome {}
}
