package dev.millrace.app.fire;

/// One kind of fault and how it is done.
///
/// @param name for people
record Fault(String name, Strike strike) {

  /// Does the fault, and brings everything back so that a worker could take in what is left.
  interface Strike {
    Struck at(Ground ground) throws Exception;
  }

  /// @param line where it was done
  /// @param times how often
  /// @param note why it was not done; else empty
  record Struck(Line line, int times, String note) {

    Struck(Line line, int times) {
      this(line, times, "");
    }
  }
}
