package dev.millrace.app.cli;

import dev.millrace.app.session.Interruption;
import dev.millrace.engine.care.UnknownTable;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.model.Count;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.DerivedTable;
import dev.millrace.engine.transform.BuildOutcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `millrace table rebuild T`: a derived table computed whole from its sources.
@Command(
    name = "rebuild",
    description = {
      "Compute a Silver or Gold table whole from its sources, and replace it in one commit.",
      "A flow needs none of this: it takes in what is new, and computes whole where it must."
    })
final class RebuildCommand implements Callable<Integer> {

  @ParentCommand private TableCommand parent = new TableCommand();

  @Parameters(paramLabel = "T", description = "Table, for example silver.readings.")
  private String table = "";

  @Mixin private PipelineOption pipeline = new PipelineOption();

  @Mixin private ChangeOptions options = new ChangeOptions();

  @Override
  public Integer call() {
    TableName name = TableNames.parse(table);
    Output output = parent.millrace().output();
    try (LakeSession lakes = parent.lakes(pipeline)) {
      DerivedTable derived =
          lakes.pipeline().table(name).orElseThrow(() -> notDerived(name, lakes));
      Map<String, Object> object = new LinkedHashMap<>();
      List<String> preview = preview(derived, lakes, object);
      if (options.preview()
          || Interruption.wished()
          || !Consent.given(output, options.yes(), preview, "Rebuild it?")) {
        object.put("rebuilt", false);
        output.result(object, preview);
        return 0;
      }
      BuildOutcome outcome =
          lakes.rebuild(derived, parent.millrace().engine(), new ProgressLines(output));
      object.put("rebuilt", true);
      object.put("rows_after", outcome.rowsNow());
      object.put("version", outcome.version());
      List<String> lines = new ArrayList<>();
      lines.add(
          "%s is rebuilt: %s, version %d."
              .formatted(name, Count.of(outcome.rowsNow(), "row"), outcome.version()));
      after(derived, lakes).ifPresent(lines::add);
      output.result(object, lines);
      return 0;
    }
  }

  private static List<String> preview(
      DerivedTable table, LakeSession lakes, Map<String, Object> object) {
    Optional<LakeTable> standing = lakes.lake().find(table.name());
    long rows = standing.map(t -> t.snapshot().rows()).orElse(0L);
    Map<String, Object> sources = new LinkedHashMap<>();
    List<String> lines = new ArrayList<>();
    for (TableName from : table.from()) {
      LakeTable source =
          lakes.lake().find(from).orElseThrow(() -> UnknownTable.of(from, lakes.lake()));
      sources.put(from.toString(), source.snapshot().rows());
      lines.add(
          "  from %s: %s, version %d"
              .formatted(
                  from, Count.of(source.snapshot().rows(), "row"), source.snapshot().version()));
    }
    lines.addFirst(
        standing.isPresent()
            ? "%s, version %d: %s would be replaced by what %s gives now"
                .formatted(
                    table.name(),
                    standing.get().snapshot().version(),
                    Count.of(rows, "row"),
                    table.sqlFile())
            : "%s does not stand yet; it would hold what %s gives now"
                .formatted(table.name(), table.sqlFile()));
    object.put("table", table.name().toString());
    object.put("rows_before", rows);
    object.put("sources", sources);
    return lines;
  }

  /// What is built from it takes the change in later.
  private static Optional<String> after(DerivedTable rebuilt, LakeSession lakes) {
    String readers =
        lakes.pipeline().tables().stream()
            .filter(each -> each.from().contains(rebuilt.name()))
            .map(each -> each.name().toString())
            .collect(Collectors.joining(", "));
    return readers.isEmpty()
        ? Optional.empty()
        : Optional.of("The next run of a flow brings what is built from it up: " + readers + ".");
  }

  private static MillraceException notDerived(TableName name, LakeSession lakes) {
    String derived =
        lakes.pipeline().tables().stream()
            .map(each -> each.name().toString())
            .collect(Collectors.joining(", "));
    return lakes.lake().find(name).isEmpty()
        ? UnknownTable.of(name, lakes.lake())
        : new MillraceException(
            ErrorCode.USAGE,
            name + " is computed from no other table, so it cannot be rebuilt",
            "what can be: "
                + (derived.isEmpty() ? "none of this pipeline" : derived)
                + "; what Kafka still holds, 'millrace table restore T --reread' reads again");
  }
}
