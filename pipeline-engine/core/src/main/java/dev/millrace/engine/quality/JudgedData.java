package dev.millrace.engine.quality;

import dev.millrace.engine.model.TableName;
import java.util.Optional;

/// What was judged by a suite.
public sealed interface JudgedData {

  /// Name for people.
  String title();

  /// Rows that were looked at.
  long rows();

  /// A version of a table, or a slice of it.
  record Table(TableName name, long version, Slice slice, long rows) implements JudgedData {
    @Override
    public String title() {
      return name.toString();
    }
  }

  /// A file that is no table's.
  ///
  /// @param path as it was named
  record File(String path, long rows) implements JudgedData {
    @Override
    public String title() {
      return path;
    }
  }

  /// The table, when it is one.
  default Optional<Table> table() {
    return this instanceof Table table ? Optional.of(table) : Optional.empty();
  }
}
