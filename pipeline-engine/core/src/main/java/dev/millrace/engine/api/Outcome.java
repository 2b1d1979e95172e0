package dev.millrace.engine.api;

import dev.millrace.engine.care.CareReport;
import dev.millrace.engine.deadletter.DeadLetters;
import dev.millrace.engine.deadletter.Letter;
import dev.millrace.engine.deadletter.LetterGroup;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.event.FieldSuggestion;
import dev.millrace.engine.quality.LoadHold;
import dev.millrace.engine.warehouse.LoadPreview;
import dev.millrace.engine.warehouse.Reconciliation;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How work ended.
public sealed interface Outcome {

  /// @param summary one line for people
  /// @param rows rows written, judged or loaded, by table
  record Done(String summary, Map<String, Long> rows) implements Outcome {
    public Done {
      rows = Map.copyOf(rows);
    }
  }

  /// Dead letters found.
  ///
  /// @param groups how many there are by feed, reason and state
  /// @param newest the newest of them
  record Letters(String summary, List<LetterGroup> groups, List<Letter> newest) implements Outcome {
    public Letters {
      groups = List.copyOf(groups);
      newest = List.copyOf(newest);
    }
  }

  /// What a replay would do.
  record ReplayPreview(String summary, DeadLetters.Preview preview) implements Outcome {}

  /// What was done for tables, or would be.
  record Cared(String summary, CareReport report) implements Outcome {}

  /// Fields of no column that the events of a feed bring.
  ///
  /// @param events that were looked at
  /// @param fields the most frequent first
  record Suggestions(String summary, String feed, long events, List<FieldSuggestion> fields)
      implements Outcome {
    public Suggestions {
      fields = List.copyOf(fields);
    }
  }

  /// The answer to a question.
  record Answered(String summary, Answer answer) implements Outcome {}

  /// What became of an order about quality.
  record Quality(String summary, QualityAnswer answer) implements Outcome {}

  /// What a load would do.
  ///
  /// @param hold why it would be refused now; empty when nothing holds it
  record LoadPlanned(String summary, LoadPreview preview, Optional<LoadHold> hold)
      implements Outcome {}

  /// How the warehouse stands against the lake.
  record Reconciled(String summary, Reconciliation reconciliation) implements Outcome {}

  record Failed(ErrorCode code, String what, String remedy) implements Outcome {}

  record Cancelled(String summary) implements Outcome {}
}
