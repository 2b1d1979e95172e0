package dev.millrace.engine.care;

import dev.millrace.engine.model.Progress;

/// A copy of the tables' rows outside of the lake, such as the warehouse's.
public interface OutsideCopy {

  /// Erases the subject's rows there.
  ///
  /// @return what was done, a sentence for people that does not hold the subject's value
  String erase(Subject subject, Progress progress);
}
