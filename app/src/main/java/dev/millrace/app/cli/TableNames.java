package dev.millrace.app.cli;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.Layer;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.yaml.Nearest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Names of tables as the command line takes them.
final class TableNames {

  private TableNames() {}

  /// @throws MillraceException `USAGE` when the text names none
  static TableName parse(String text) {
    return TableName.parse(text).orElseThrow(() -> noName(text));
  }

  private static MillraceException noName(String text) {
    List<String> layers = Arrays.stream(Layer.values()).map(Layer::sqlName).toList();
    int dot = text.indexOf('.');
    String layer = dot < 0 ? "" : text.substring(0, dot);
    return dot <= 0 || layers.contains(layer.toLowerCase(Locale.ROOT))
        ? new MillraceException(
            ErrorCode.USAGE,
            "'" + text + "' names no table",
            "write layer.name, for example silver.readings")
        : new MillraceException(
            ErrorCode.USAGE,
            "'" + text + "' names no table: there is no layer '" + layer + "'",
            Nearest.to(layer, layers)
                .map(near -> "did you mean " + near + text.substring(dot) + "?")
                .orElse("the layers are " + String.join(", ", layers)));
  }
}
