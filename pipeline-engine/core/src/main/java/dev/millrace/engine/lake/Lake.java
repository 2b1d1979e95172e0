package dev.millrace.engine.lake;

import dev.millrace.engine.model.Schema;
import dev.millrace.engine.model.TableName;
import java.util.List;
import java.util.Optional;

/// The tables of one pipeline.
///
/// Any thread may call. Two processes may hold the same lake open.
public interface Lake {

  /// Tables that exist, by layer and name.
  List<TableName> tables();

  Optional<LakeTable> find(TableName name);

  /// The table, made when there is none.
  ///
  /// @throws dev.millrace.engine.error.MillraceException `LAKE` when a table of that name stands
  ///   with another schema or partition column
  LakeTable open(TableName name, Schema schema, Optional<String> partition);

  /// As {@link #open}; but a table that stands and lacks nullable columns of the schema gets them
  /// by a commit of its own. Its rows so far are null there.
  default LakeTable openWidened(TableName name, Schema schema, Optional<String> partition) {
    return open(name, schema, partition);
  }
}
