package dev.millrace.engine.care;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.yaml.Nearest;

/// The failure for a table that a lake does not have, with the one that is most likely meant.
public final class UnknownTable {

  private UnknownTable() {}

  /// `USAGE`, to be thrown.
  public static MillraceException of(TableName name, Lake lake) {
    return new MillraceException(
        ErrorCode.USAGE,
        "There is no table " + name + " yet",
        Nearest.to(name.toString(), lake.tables().stream().map(TableName::toString).toList())
            .map(near -> "did you mean " + near + "?")
            .orElse("'millrace table ls' lists those there are"));
  }
}
