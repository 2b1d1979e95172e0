package dev.millrace.engine.event;

/// Where and why a text stopped being an event; without a stack trace, for it is an everyday
/// outcome.
final class JsonFault extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Verdict.Refused verdict;

  JsonFault(Reason reason, String detail, int position) {
    super(detail, null, false, false);
    verdict = new Verdict.Refused(reason, detail, position);
  }

  Verdict.Refused verdict() {
    return verdict;
  }
}
