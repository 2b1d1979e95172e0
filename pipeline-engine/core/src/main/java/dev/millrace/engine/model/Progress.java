package dev.millrace.engine.model;

/// Where long work tells how far it is and hears whether it should stop.
///
/// Any thread may call.
public interface Progress {

  /// Tells nobody and never cancels.
  Progress NONE =
      new Progress() {
        @Override
        public void report(String what, long done, long total) {}

        @Override
        public boolean cancelled() {
          return false;
        }
      };

  /// @param what what is being done, for people
  /// @param total what `done` will be at the end; 0 when unknown
  void report(String what, long done, long total);

  /// The same of work in several parts, whose `what`, `done` and `total` are of the part under way.
  ///
  /// @param whole how much of all parts together is done, 0 to 1
  default void report(String what, long done, long total, double whole) {
    report(what, done, total);
  }

  /// Whether a person asked to stop; work checks it between its parts and leaves nothing half done.
  boolean cancelled();
}
