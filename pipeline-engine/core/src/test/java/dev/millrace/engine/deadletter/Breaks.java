package dev.millrace.engine.deadletter;

import java.util.ArrayList;
import java.util.List;

/// Ends the process, as it were, at one of the steps it is told of.
final class Breaks {

  /// The process is gone: nothing of ours catches it.
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;

    Killed(String step) {
      super("killed at " + step, null, false, false);
    }
  }

  private final List<String> passed = new ArrayList<>();
  private int at = Integer.MAX_VALUE;

  /// From now on the n-th step (from 0) is the last.
  void breakAt(int step) {
    passed.clear();
    at = step;
  }

  void never() {
    breakAt(Integer.MAX_VALUE);
  }

  void step(String name) {
    passed.add(name);
    if (passed.size() > at) {
      throw new Killed(name);
    }
  }

  List<String> passed() {
    return List.copyOf(passed);
  }
}
