package dev.millrace.engine.api;

import dev.millrace.engine.care.CareOrder;
import dev.millrace.engine.deadletter.Edit;
import dev.millrace.engine.deadletter.LetterFilter;
import dev.millrace.engine.deadletter.Settlement;
import dev.millrace.engine.model.TableName;
import java.nio.file.Path;
import java.util.Optional;

/// What a person may ask of the engine.
public sealed interface Command {

  String pipeline();

  /// Whether it waits its turn: what changes derived tables of one pipeline, or judges them, runs
  /// one after another, in the order it was asked for. All else runs beside it.
  default boolean takesTurn() {
    return switch (this) {
      case Transform _, Check _, Load _, MendWarehouse _, RunFlow _, CareForTables _ -> true;
      case Quality quality -> quality.order().takesTurn();
      case StartStream _,
          StopStream _,
          CatchUp _,
          FindLetters _,
          PreviewReplay _,
          ReplayLetters _,
          DiscardLetters _,
          RestoreLetters _,
          SettleReplays _,
          ExportLetters _,
          PreviewCare _,
          PreviewLoad _,
          Reconcile _,
          SuggestFields _,
          RestartDatabase _,
          Ask _ ->
          false;
    };
  }

  /// Starts the feed's stream; done when it runs.
  record StartStream(String pipeline, String feed) implements Command {}

  /// Stops the feed's stream after a last commit; done when it stands.
  record StopStream(String pipeline, String feed) implements Command {}

  /// Done when everything that stood in the topic at the time of asking is in Bronze or in the dead
  /// letters; runs a stream of its own when none runs.
  record CatchUp(String pipeline, String feed) implements Command {}

  /// Builds one derived table, or all in order.
  record Transform(String pipeline, Optional<TableName> table) implements Command {}

  /// Judges one table by its suite, or all that have one.
  record Check(String pipeline, Optional<TableName> table) implements Command {}

  /// Loads the warehouse tables.
  record Load(String pipeline) implements Command {}

  /// Tells what a load would do; ends in {@link Outcome.LoadPlanned}. Changes nothing.
  record PreviewLoad(String pipeline) implements Command {}

  /// Compares lake and warehouse; ends in {@link Outcome.Reconciled}. Changes nothing.
  record Reconcile(String pipeline) implements Command {}

  /// Loads what is new, and again the partitions whose rows differ from the lake's.
  record MendWarehouse(String pipeline) implements Command {}

  /// Runs a flow.
  record RunFlow(String pipeline, String flow) implements Command {}

  /// Looks for dead letters; ends in {@link Outcome.Letters}. Changes nothing.
  ///
  /// @param limit at most this many of the newest with all they hold; the groups count all
  record FindLetters(String pipeline, LetterFilter filter, int limit) implements Command {}

  /// Tells what a replay would do; ends in {@link Outcome.ReplayPreview}. Changes nothing.
  record PreviewReplay(String pipeline, LetterFilter filter, Edit edit) implements Command {}

  /// Sends the filter's new letters to their topics again, each at most once.
  record ReplayLetters(String pipeline, LetterFilter filter, Edit edit) implements Command {}

  /// Sets the filter's new letters aside.
  ///
  /// @param why kept with each of them
  record DiscardLetters(String pipeline, LetterFilter filter, String why) implements Command {}

  /// Makes the filter's discarded letters new again.
  record RestoreLetters(String pipeline, LetterFilter filter) implements Command {}

  /// Decides about letters that a replay claimed before it broke off; replays do so by themselves.
  record SettleReplays(String pipeline, LetterFilter filter, Settlement.Assumption assumption)
      implements Command {}

  /// Writes the filter's letters to disk.
  ///
  /// @param to file of JSON lines, or folder for one file of raw bytes each
  record ExportLetters(String pipeline, LetterFilter filter, LetterFormat format, Path to)
      implements Command {}

  /// Cares for tables; ends in {@link Outcome.Cared}. Waits its turn with the work that builds
  /// them.
  record CareForTables(String pipeline, CareOrder order) implements Command {}

  /// Tells what that would do; changes nothing.
  record PreviewCare(String pipeline, CareOrder order) implements Command {}

  /// Offers the fields of no column that events bring; ends in {@link Outcome.Suggestions}. Changes
  /// nothing.
  ///
  /// @param rows looks at so many of the newest Bronze rows that hold such fields
  record SuggestFields(String pipeline, String feed, int rows) implements Command {}

  /// Looks something up; ends in {@link Outcome.Answered}. Changes nothing of the pipeline.
  record Ask(String pipeline, Question question) implements Command {}

  /// Looks after the quality of tables; ends in {@link Outcome.Quality}.
  record Quality(String pipeline, QualityOrder order) implements Command {}

  /// Starts the home's own database again after its server has ended, on the same data and port;
  /// done when it answers. Only where this process runs it, see {@link
  /// EngineSnapshot.ServiceStatus#restartable}.
  record RestartDatabase(String pipeline) implements Command {}

  /// How letters are exported.
  enum LetterFormat {
    /// One JSON object a line, with every column.
    LINES,
    /// A file of its raw bytes for each letter.
    FILES
  }
}
