package dev.millrace.views.lake;

import dev.millrace.engine.care.CareOrder;
import dev.millrace.engine.care.CareOrder.Offsets;
import dev.millrace.engine.care.CareOrder.Optimize;
import dev.millrace.engine.care.CareOrder.Restore;
import dev.millrace.engine.care.CareOrder.Vacuum;
import dev.millrace.engine.care.Subject;
import dev.millrace.engine.model.Layer;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.Pipeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What may be done for a table, as a person chooses it: ways of doing it, each an order of its
/// own.
///
/// @param title what is asked
/// @param effect what it does, one or two sentences
/// @param yes the button's words
/// @param grave whether something is gone for good afterwards
public record CareChoice(String title, String effect, String yes, boolean grave, List<Way> ways) {

  public CareChoice {
    ways = List.copyOf(ways);
  }

  /// One way of doing it.
  public record Way(String words, CareOrder order) {}

  /// @param key columns that name a row
  static CareChoice optimize(TableName table, List<String> key) {
    List<Way> ways = new ArrayList<>();
    ways.add(
        new Way(
            "Merge small files",
            new Optimize(
                table,
                Optimize.DEFAULT_TARGET_BYTES,
                List.of(),
                Optional.empty(),
                Optional.empty())));
    if (!key.isEmpty()) {
      ways.add(
          new Way(
              "Cluster by " + String.join(", ", key),
              new Optimize(
                  table, Optimize.DEFAULT_TARGET_BYTES, key, Optional.empty(), Optional.empty())));
    }
    return new CareChoice(
        "Optimize " + table,
        "Lays the rows out in files of a good size, so that queries open fewer of them. Rows and"
            + " earlier versions stay as they are.",
        "Optimize",
        false,
        ways);
  }

  static CareChoice vacuum(TableName table) {
    return new CareChoice(
        "Vacuum " + table,
        "Deletes files that no version of the last while refers to. Versions older than that can no"
            + " longer be read or restored.",
        "Delete the files",
        true,
        List.of(7, 14, 30).stream()
            .map(
                days ->
                    new Way(
                        "Keep " + days + " days", new Vacuum(table, Duration.ofDays(days), false)))
            .toList());
  }

  static CareChoice restore(TableName table, long version) {
    List<Way> ways = new ArrayList<>();
    ways.add(
        new Way(
            table.layer() == Layer.BRONZE ? "Keep the stream's place" : "Restore",
            new Restore(table, version, Offsets.KEEP)));
    if (table.layer() == Layer.BRONZE) {
      ways.add(new Way("Read again from there", new Restore(table, version, Offsets.REREAD)));
    }
    return new CareChoice(
        "Restore " + table + " to version " + version,
        "Makes that version the newest, by a commit of its own: the versions between stay in the"
            + " history and can be restored likewise.",
        "Restore",
        false,
        ways);
  }

  /// @throws dev.millrace.engine.error.MillraceException `USAGE` when there is nobody to erase
  static CareChoice erase(Pipeline pipeline, String entity) {
    return new CareChoice(
        "Erase " + entity + " from every table",
        "Takes its rows out of every table of "
            + pipeline.name()
            + ", the dead letters, the"
            + " warehouse and all earlier versions. This cannot be undone.",
        "Erase for good",
        true,
        List.of(new Way("Erase", new CareOrder.Erase(Subject.entity(pipeline, entity)))));
  }
}
