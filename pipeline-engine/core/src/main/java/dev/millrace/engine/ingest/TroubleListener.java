package dev.millrace.engine.ingest;

import dev.millrace.engine.model.Trouble;

/// Hears when something begins to keep a stream from going on, and when that is over.
///
/// Called on the thread that sees it, which must not be held up.
public interface TroubleListener {

  /// Hears and says nothing.
  TroubleListener NONE =
      new TroubleListener() {
        @Override
        public void began(Trouble trouble) {}

        @Override
        public void ended(Trouble trouble) {}
      };

  void began(Trouble trouble);

  void ended(Trouble trouble);
}
