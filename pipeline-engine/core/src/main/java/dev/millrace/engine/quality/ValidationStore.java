package dev.millrace.engine.quality;

import dev.millrace.engine.model.TableName;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Where validations are kept. Any thread may call.
///
/// Every failure is a {@link dev.millrace.engine.error.MillraceException}.
public interface ValidationStore {

  /// Keeps one validation; durable when it returns. Nothing is ever replaced: judging the same
  /// version twice keeps both.
  void save(ValidationRecord validation);

  /// The validation of the table with the newest `validatedAt`; the one saved last among equals.
  Optional<ValidationRecord> latest(String pipeline, TableName table);

  /// Validations of the table from the newest back, at most `limit`.
  List<ValidationRecord> history(String pipeline, TableName table, int limit);

  /// Validations of all tables of the pipeline from one time on, before another, oldest first.
  List<ValidationRecord> between(String pipeline, Instant from, Instant until);

  /// Validations that were part of a flow run, oldest first.
  List<ValidationRecord> ofRun(String pipeline, long run);

  /// Flow runs that validated tables of the pipeline, those nearest to one of them, in order.
  List<Long> runsNear(String pipeline, long run, int limit);

  /// Days (UTC) on which tables of the pipeline were validated, those nearest to one, in order.
  List<LocalDate> daysNear(String pipeline, LocalDate day, int limit);

  /// Deletes the pipeline's validations whose report holds a value that must be forgotten.
  ///
  /// @param text stands in every such report
  /// @param names whether a report that holds the text is meant
  /// @return how many were deleted
  int eraseNaming(String pipeline, String text, Predicate<String> names);
}
