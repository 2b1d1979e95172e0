package dev.millrace.engine.error;

import java.util.List;
import java.util.stream.Collectors;

/// A definition refused whole: every fault found, in file and line order.
public final class ProblemsException extends MillraceException {

  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  public ProblemsException(String subject, List<Problem> problems) {
    super(
        ErrorCode.DEFINITION,
        subject
            + " has "
            + (problems.size() == 1 ? "1 fault" : problems.size() + " faults")
            + problems.stream().map(p -> "\n  " + p).collect(Collectors.joining()),
        "mend each of them; nothing was changed");
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }
}
