package dev.millrace.engine.model;

import java.util.Optional;

/// Whoever runs the home's database: it knows that the server has ended without asking it, and may
/// start it again. Any thread may call.
public interface DatabaseKeeper {

  /// Knows nothing of the server and cannot start it.
  DatabaseKeeper NONE =
      new DatabaseKeeper() {
        @Override
        public Optional<String> databaseFault() {
          return Optional.empty();
        }

        @Override
        public boolean restartsDatabase() {
          return false;
        }

        @Override
        public void restartDatabase(Progress progress) {
          throw new IllegalStateException("Nobody here runs the database");
        }
      };

  /// Why the database cannot answer, as far as that is known without asking it; empty while all is
  /// well. Quick: it is looked at every second.
  Optional<String> databaseFault();

  /// Whether this process runs the server and could start it again.
  boolean restartsDatabase();

  /// Starts a server that has ended again, on the same data and the same port; it answers when this
  /// returns. Does nothing when the server lives.
  ///
  /// @throws dev.millrace.engine.error.MillraceException when it cannot be started; the data stands
  void restartDatabase(Progress progress);
}
