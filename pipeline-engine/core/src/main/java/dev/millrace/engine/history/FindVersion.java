package dev.millrace.engine.history;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.history.ReadingTrace.Since;
import dev.millrace.engine.lake.LakeSnapshot;
import dev.millrace.engine.lake.LakeTable;
import java.util.Optional;

/// Finds the version since which a file that is live now has been part of a table, by halving the
/// versions the log still tells.
final class FindVersion {

  private final LakeTable table;

  FindVersion(LakeTable table) {
    this.table = table;
  }

  Optional<Since> of(String file) {
    LakeSnapshot found = table.snapshot();
    long low = 0;
    long high = found.version();
    if (!holds(found, file)) {
      return Optional.empty();
    }
    boolean told = true;
    while (low < high) {
      long middle = (low + high) >>> 1;
      Optional<LakeSnapshot> then = at(middle);
      if (then.isPresent() && holds(then.get(), file)) {
        found = then.get();
        high = middle;
      } else {
        told = then.isPresent() || middle + 1 < high;
        low = middle + 1;
      }
    }
    return told ? Optional.of(new Since(found.version(), found.committedAt())) : Optional.empty();
  }

  private Optional<LakeSnapshot> at(long version) {
    try {
      return Optional.of(table.snapshotAt(version));
    } catch (MillraceException e) {
      if (e.code() == ErrorCode.LAKE) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static boolean holds(LakeSnapshot snapshot, String file) {
    return snapshot.files().stream().anyMatch(f -> f.path().getFileName().toString().equals(file));
  }
}
