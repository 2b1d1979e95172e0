package dev.millrace.views.desk;

import dev.millrace.engine.api.Command;
import dev.millrace.engine.api.QualityOrder;
import dev.millrace.engine.api.Question;
import java.util.Optional;

/// Commands in words.
public final class Commands {

  private Commands() {}

  /// What is asked for, for example `Load the warehouse`.
  public static String title(Command command) {
    return switch (command) {
      case Command.StartStream c -> "Start stream " + c.feed();
      case Command.StopStream c -> "Stop stream " + c.feed();
      case Command.CatchUp c -> "Catch up " + c.feed();
      case Command.Transform c ->
          c.table().map(t -> "Build " + t).orElse("Build all derived tables");
      case Command.Check c -> c.table().map(t -> "Check " + t).orElse("Check quality");
      case Command.Quality c -> c.order().verb();
      case Command.Load _ -> "Load the warehouse";
      case Command.PreviewLoad _ -> "Preview a load";
      case Command.Reconcile _ -> "Compare lake and warehouse";
      case Command.MendWarehouse _ -> "Mend the warehouse";
      case Command.RunFlow c -> "Run flow " + c.flow();
      case Command.RestartDatabase _ -> "Restart PostgreSQL";
      case Command.FindLetters _ -> "Look for dead letters";
      case Command.SuggestFields c -> "Look for fields of no column in " + c.feed();
      case Command.PreviewReplay _ -> "Preview a replay";
      case Command.ReplayLetters _ -> "Replay dead letters";
      case Command.DiscardLetters _ -> "Discard dead letters";
      case Command.RestoreLetters _ -> "Restore dead letters";
      case Command.SettleReplays _ -> "Settle open replays";
      case Command.ExportLetters _ -> "Export dead letters";
      case Command.CareForTables c -> "Tables: " + c.order().verb();
      case Command.PreviewCare c -> "Tables: preview of " + c.order().verb();
      case Command.Ask c -> title(c.question());
    };
  }

  private static String title(Question question) {
    return switch (question) {
      case Question.AboutTable q -> "Look at " + q.table();
      case Question.Rows _ -> "Run the SQL";
      case Question.Plan _ -> "Explain the SQL";
      case Question.Export q -> "Export to " + q.to().getFileName();
      case Question.Judge _ -> "Judge an event";
      case Question.LetterTrend _ -> "Count dead letters";
      case Question.PastRuns _ -> "Look for earlier runs";
      case Question.Setup _ -> "Read the settings";
      case Question.TestConnection q -> "Test " + q.which().title();
      case Question.WarehouseServer _ -> "Ask the warehouse who it is";
      case Question.Ledger _ -> "Read the ledger";
      case Question.WarehouseRows _ -> "Run the SQL in the warehouse";
      case Question.WarehousePlan _ -> "Explain the SQL of the warehouse";
      case Question.WarehouseExport q -> "Export to " + q.to().getFileName();
      case Question.SaveRows q -> "Export to " + q.to().getFileName();
    };
  }

  /// Where the result of work is seen.
  ///
  /// @param label the words of the button that leads there
  public record Lead(String label, String room, String target) {}

  /// The room that shows what a command did; empty when none shows more than the toast.
  public static Optional<Lead> lead(Command command) {
    return Optional.ofNullable(
        switch (command) {
          case Command.RunFlow _ -> new Lead("Open the run", "runs", "newest");
          case Command.Transform c ->
              new Lead("Open the table", "lake", c.table().map(Object::toString).orElse(""));
          case Command.CareForTables _ -> new Lead("Open the lake", "lake", "");
          case Command.Check _ -> new Lead("Open quality", "quality", "");
          case Command.Quality c when c.order().takesTurn() ->
              new Lead(
                  "Open quality",
                  "quality",
                  c.order() instanceof QualityOrder.Judge judge ? judge.table() + "/results" : "");
          case Command.Load _, Command.MendWarehouse _ ->
              new Lead("Open the warehouse", "warehouse", "");
          case Command.StartStream _, Command.StopStream _, Command.CatchUp _ ->
              new Lead("Open the pipeline", "pipeline", "");
          case Command.ReplayLetters _,
              Command.DiscardLetters _,
              Command.RestoreLetters _,
              Command.SettleReplays _ ->
              new Lead("Open dead letters", "letters", "");
          case Command.FindLetters _,
              Command.SuggestFields _,
              Command.PreviewReplay _,
              Command.ExportLetters _,
              Command.PreviewCare _,
              Command.PreviewLoad _,
              Command.Reconcile _,
              Command.Quality _,
              Command.RestartDatabase _,
              Command.Ask _ ->
              null;
        });
  }
}
