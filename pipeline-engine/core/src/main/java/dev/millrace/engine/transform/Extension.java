package dev.millrace.engine.transform;

import dev.millrace.engine.lake.LakeFile;
import java.util.List;

/// How a table is to be brought to its sources' newest state.
sealed interface Extension {

  /// Write the rows of a query and take files out.
  ///
  /// @param sql gives every row to be written, the ones to keep of the replaced files included
  /// @param replaced files to take out
  record Rows(String sql, List<LakeFile> replaced) implements Extension {
    public Rows {
      replaced = List.copyOf(replaced);
    }
  }

  /// What is new cannot be taken in by itself.
  ///
  /// @param reason for people
  record NotPossible(String reason) implements Extension {}
}
