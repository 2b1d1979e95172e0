package dev.millrace.engine.event;

/// How the decoding of one value ended.
public sealed interface Verdict {

  /// The value is an event; its columns stand in the batch's open row.
  enum Event implements Verdict {
    DECODED
  }

  /// The value is no event of the feed.
  ///
  /// @param detail what is wrong, one sentence without a full stop
  /// @param position byte of the value, from 0, where the fault was seen
  record Refused(Reason reason, String detail, int position) implements Verdict {}
}
