package dev.millrace.app.cli;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.TableName;

/// Names of tables as the command line takes them.
final class TableNames {

  private TableNames() {}

  /// @throws MillraceException `USAGE` when the text names none
  static TableName parse(String text) {
    return TableName.parse(text)
        .orElseThrow(
            () ->
                new MillraceException(
                    ErrorCode.USAGE,
                    "'" + text + "' names no table",
                    "write layer.name, for example silver.readings"));
  }
}
