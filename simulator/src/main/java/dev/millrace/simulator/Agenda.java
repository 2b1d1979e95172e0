package dev.millrace.simulator;

import java.util.Comparator;
import java.util.PriorityQueue;

/// What is to be done when event time gets there. For the fleet's thread.
final class Agenda {

  private record Entry(long at, long number, Runnable act) {}

  private final PriorityQueue<Entry> entries =
      new PriorityQueue<>(Comparator.comparingLong(Entry::at).thenComparingLong(Entry::number));
  private long added;

  /// @param at microseconds of event time
  void add(long at, Runnable act) {
    entries.add(new Entry(at, added++, act));
  }

  /// When something is due next; `Long.MAX_VALUE` when nothing is.
  long next() {
    Entry first = entries.peek();
    return first == null ? Long.MAX_VALUE : first.at();
  }

  /// Does what is due, in order of time, then in the order it was added.
  void attend(long micros) {
    while (next() <= micros) {
      entries.remove().act().run();
    }
  }
}
