package dev.millrace.engine.pipeline;

import dev.millrace.engine.model.TableName;
import java.util.List;

/// A named flow: steps that run one after another.
public record FlowDefinition(String name, String title, List<Step> steps) {

  public FlowDefinition {
    steps = List.copyOf(steps);
  }

  /// One step of a flow.
  public sealed interface Step {

    /// Name within the flow, for example `transform silver.readings`.
    String name();

    /// Waits until the stream has taken in all that stood in the topic when the step began.
    record CatchUp(String feed) implements Step {
      @Override
      public String name() {
        return "catch up " + feed;
      }
    }

    /// Builds a derived table from what is new.
    record Transform(TableName table) implements Step {
      @Override
      public String name() {
        return "transform " + table;
      }
    }

    /// Judges a table by its suite, all of it or what is new since it was last judged.
    record Check(TableName table, boolean onlyNew) implements Step {

      /// Of the whole table.
      public Check(TableName table) {
        this(table, false);
      }

      @Override
      public String name() {
        return (onlyNew ? "check new " : "check ") + table;
      }
    }

    /// Loads all warehouse tables in one transaction.
    record Load() implements Step {
      @Override
      public String name() {
        return "load warehouse";
      }
    }
  }
}
