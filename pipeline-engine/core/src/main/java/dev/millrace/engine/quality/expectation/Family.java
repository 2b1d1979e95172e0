package dev.millrace.engine.quality.expectation;

import java.util.Set;

/// Expectations that are judged alike.
interface Family {

  /// Great Expectations' names of its types.
  Set<String> types();

  /// @throws WrongArgument when it cannot be judged as it is written
  Check check(String type, Arguments arguments, Subject subject);
}
