package dev.millrace.engine.pipeline.yaml;

import dev.millrace.engine.error.Problem;
import dev.millrace.engine.error.ProblemsException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Faults found so far while files are read; reading goes on, so that all are told at once.
///
/// For one thread.
public final class Faults {

  private final List<Problem> found = new ArrayList<>();

  /// @param line from 1; 0 when the fault is the whole file's
  public void add(String file, int line, String what, String remedy) {
    Problem problem = new Problem(file, line, what, remedy);
    if (!found.contains(problem)) {
      found.add(problem);
    }
  }

  public boolean any() {
    return !found.isEmpty();
  }

  /// In file and line order.
  public List<Problem> sorted() {
    List<Problem> sorted = new ArrayList<>(found);
    sorted.sort(Comparator.comparing(Problem::file).thenComparingInt(Problem::line));
    return sorted;
  }

  /// @throws ProblemsException with all of them, when there is any
  public void refuse(String subject) {
    if (any()) {
      throw new ProblemsException(subject, sorted());
    }
  }
}
