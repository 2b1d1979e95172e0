package dev.millrace.app.fire;

import java.util.Optional;

/// One kind of fault and how it is done.
///
/// @param name for people
record Fault(String name, Strike strike) {

  /// Does the fault, and brings everything back so that a worker could take in what is left.
  interface Strike {
    Struck at(Ground ground) throws Exception;
  }

  /// @param times how often it was done
  /// @param elsewhere what a lake beside the main one held afterwards; empty when it was not used
  /// @param note why it was not done; else empty
  record Struck(int times, Optional<Ledger> elsewhere, String note) {

    Struck(int times) {
      this(times, Optional.empty(), "");
    }
  }
}
