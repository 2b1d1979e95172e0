package dev.millrace.engine.assembly;

import dev.millrace.engine.api.Command;
import dev.millrace.engine.api.EngineSnapshot.Severity;
import dev.millrace.engine.api.Outcome;
import dev.millrace.engine.api.QualityOrder;
import dev.millrace.engine.model.TableName;

/// How work ended, told to people.
final class Tell {

  /// Work that was cancelled while it waited.
  static final Outcome.Cancelled NOT_BEGUN = new Outcome.Cancelled("cancelled before it began");

  private Tell() {}

  static void of(EventLog log, Command command, Outcome outcome) {
    switch (outcome) {
      case Outcome.Done done -> log.tell(Severity.GOOD, part(command), done.summary());
      case Outcome.Letters _,
          Outcome.ReplayPreview _,
          Outcome.Suggestions _,
          Outcome.Answered _,
          Outcome.LoadPlanned _ -> {
        // Someone looked; nothing happened.
      }
      case Outcome.Quality quality -> {
        if (command instanceof Command.Quality work && work.order().takesTurn()) {
          log.tell(Severity.INFO, part(command), quality.summary());
        }
      }
      case Outcome.Cared cared -> {
        if (command instanceof Command.CareForTables) {
          log.tell(
              cared.report().complete() ? Severity.GOOD : Severity.WARNING,
              part(command),
              cared.summary());
        }
      }
      case Outcome.Reconciled reconciled ->
          log.tell(
              reconciled.reconciliation().differs() ? Severity.WARNING : Severity.GOOD,
              part(command),
              reconciled.summary());
      case Outcome.Failed failed -> {
        // Whoever asked is told himself; a query with a slip of the pen is no event.
        if (!(command instanceof Command.Ask)) {
          log.tell(Severity.FAILURE, part(command), failed.what() + "; " + failed.remedy());
        }
      }
      case Outcome.Cancelled cancelled -> {
        if (!looks(command)) {
          // What never began left nothing half done.
          log.tell(
              cancelled.equals(NOT_BEGUN) ? Severity.INFO : Severity.WARNING,
              part(command),
              cancelled.summary());
        }
      }
    }
  }

  /// Whether a command only looks: that nobody waits for its answer any more is no event.
  private static boolean looks(Command command) {
    return switch (command) {
      case Command.Ask _,
          Command.FindLetters _,
          Command.PreviewReplay _,
          Command.PreviewCare _,
          Command.PreviewLoad _,
          Command.SuggestFields _ ->
          true;
      case Command.Quality work ->
          work.order() instanceof QualityOrder.FindKept
              || work.order() instanceof QualityOrder.History
              || work.order() instanceof QualityOrder.ProfileTable
              || work.order() instanceof QualityOrder.MakeReport;
      default -> false;
    };
  }

  /// The part of the picture that a command is about.
  static String part(Command command) {
    return switch (command) {
      case Command.StartStream _, Command.StopStream _, Command.CatchUp _ -> "Stream";
      case Command.Transform t -> t.table().map(Tell::part).orElse("Gold");
      case Command.SuggestFields _ -> "Bronze";
      case Command.Check _, Command.Quality _ -> "Quality";
      case Command.Load _, Command.PreviewLoad _, Command.Reconcile _, Command.MendWarehouse _ ->
          "Warehouse";
      case Command.RunFlow _ -> "Flow";
      case Command.RestartDatabase _ -> "PostgreSQL";
      case Command.FindLetters _,
          Command.PreviewReplay _,
          Command.ReplayLetters _,
          Command.DiscardLetters _,
          Command.RestoreLetters _,
          Command.SettleReplays _,
          Command.ExportLetters _ ->
          "Dead letters";
      case Command.CareForTables _, Command.PreviewCare _, Command.Ask _ -> "Lake";
    };
  }

  static String part(TableName table) {
    return switch (table.layer()) {
      case SILVER -> "Silver";
      case GOLD -> "Gold";
      case BRONZE, DEAD_LETTERS, QUARANTINE -> "Bronze";
    };
  }
}
