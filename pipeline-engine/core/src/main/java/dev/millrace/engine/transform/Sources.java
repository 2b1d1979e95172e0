package dev.millrace.engine.transform;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.lake.LakeSnapshot;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.DerivedTable;
import java.util.List;

/// The tables a build reads, each at one version.
record Sources(List<Source> tables) {

  record Source(LakeTable table, LakeSnapshot snapshot) {

    TableName name() {
      return table.name();
    }

    /// The name it has in SQL.
    String view() {
      return BuildTable.viewName(name());
    }
  }

  Sources {
    tables = List.copyOf(tables);
  }

  /// @throws MillraceException `LAKE` when one of them is not there yet
  static Sources of(DerivedTable table, Lake lake) {
    return new Sources(
        table.from().stream()
            .map(
                name -> {
                  LakeTable source = lake.find(name).orElseThrow(() -> missing(name, table));
                  return new Source(source, source.snapshot());
                })
            .toList());
  }

  long rows() {
    return tables.stream().mapToLong(source -> source.snapshot().rows()).sum();
  }

  private static MillraceException missing(TableName name, DerivedTable table) {
    return new MillraceException(
        ErrorCode.LAKE,
        "There is no " + name + " yet, of which " + table.name() + " is built",
        "run the stream or the step that makes " + name + " first");
  }
}
