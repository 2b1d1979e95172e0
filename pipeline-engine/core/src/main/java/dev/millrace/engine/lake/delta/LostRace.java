package dev.millrace.engine.lake.delta;

import io.delta.kernel.commit.CommitFailedException;
import io.delta.kernel.exceptions.ConcurrentWriteException;
import io.delta.kernel.exceptions.TableAlreadyExistsException;

/// The one way a commit may fail without a fault: another writer was first.
final class LostRace {

  private LostRace() {}

  static boolean isCauseOf(Throwable failed) {
    for (Throwable at = failed; at != null; at = at.getCause()) {
      if (at instanceof ConcurrentWriteException || at instanceof TableAlreadyExistsException) {
        return true;
      }
      // A disk that failed ends in the same exception as a name that was taken; this tells them
      // apart.
      if (at instanceof CommitFailedException refused) {
        return refused.isConflict();
      }
    }
    return false;
  }
}
