package dev.millrace.views.desk;

import dev.millrace.engine.api.Command;

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
      case Command.Load _ -> "Load the warehouse";
      case Command.PreviewLoad _ -> "Preview a load";
      case Command.Reconcile _ -> "Compare lake and warehouse";
      case Command.MendWarehouse _ -> "Mend the warehouse";
      case Command.RunFlow c -> "Run flow " + c.flow();
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
    };
  }
}
