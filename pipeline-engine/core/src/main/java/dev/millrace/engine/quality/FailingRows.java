package dev.millrace.engine.quality;

import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.transform.SqlSession;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Where rows that fail are kept, and which of them a person released.
public interface FailingRows {

  /// Keeps nothing and knows of nothing released.
  FailingRows NONE =
      new FailingRows() {
        @Override
        public Optional<Released> released(SqlSession session, LakeTable table) {
          return Optional.empty();
        }

        @Override
        public long keep(SqlSession session, String view, LakeTable table, Failures failures) {
          return 0;
        }
      };

  /// Rows a person released.
  ///
  /// @param predicate SQL that says of a row of the table whether it was, never null; good for the
  ///   session it was made in
  record Released(String predicate) {}

  /// What failed.
  ///
  /// @param at when it was judged; the rows are found and mended at that time
  /// @param whole whether all rows were judged, so that rows that no longer fail are mended
  record Failures(
      String suite, long version, Instant at, boolean whole, List<Failing> expectations) {
    public Failures {
      expectations = List.copyOf(expectations);
    }
  }

  /// An expectation that was not met because of rows.
  ///
  /// @param reason all that it asks, kept with each row
  /// @param predicate SQL that says of a row of the view whether it fails, never null; window
  ///   functions may stand in it
  record Failing(String reason, Consequence consequence, String predicate) {}

  /// Knows of what was released, and keeps nothing.
  default FailingRows keepingNothing() {
    FailingRows known = this;
    return new FailingRows() {
      @Override
      public Optional<Released> released(SqlSession session, LakeTable table) {
        return known.released(session, table);
      }

      @Override
      public long keep(SqlSession session, String view, LakeTable table, Failures failures) {
        return 0;
      }
    };
  }

  /// Released rows of the table; empty when there are none.
  Optional<Released> released(SqlSession session, LakeTable table);

  /// Keeps the failing rows of the view, each once, with all its reasons.
  ///
  /// @param view has the table's columns
  /// @return of all rows, those of the table that are open in quarantine now; of a slice, those of
  ///   it that are
  long keep(SqlSession session, String view, LakeTable table, Failures failures);
}
