package dev.millrace.views.anomalies;

import dev.millrace.engine.history.AnomalyQuery;
import dev.millrace.engine.history.ReadingHistory;
import dev.millrace.engine.history.ReadingHistory.AnomalyPage;
import java.time.Duration;
import java.util.Optional;

/// The anomalies of a span: those Silver has judged, and those that came after.
///
/// @param query what Silver was asked
/// @param page what it told; {@link AnomalyPage#NONE} where there is none
/// @param since what came after
record AnomaliesTold(AnomalyQuery query, AnomalyPage page, AnomalyPage since) {

  /// Takes from milliseconds to seconds.
  static AnomaliesTold of(ReadingHistory readings, AnomalyQuery query) {
    AnomalyPage page = readings.anomalies(query);
    return new AnomaliesTold(query, page, readings.unjudged(query, page.until()));
  }

  /// Whether it is to the same question, but for its time.
  boolean isTo(AnomalyQuery asked) {
    return query.during(asked.from(), asked.to()).equals(asked)
        && Duration.between(query.from(), query.to())
            .equals(Duration.between(asked.from(), asked.to()));
  }

  long total() {
    return page.total() + since.total();
  }

  /// A look at what came since Silver told.
  ///
  /// @param told empty when it does not answer
  record Since(Optional<AnomaliesTold> told, AnomalyQuery query) {

    AnomaliesTold look(ReadingHistory readings) {
      AnomalyPage page = told.map(AnomaliesTold::page).orElse(AnomalyPage.NONE);
      return new AnomaliesTold(
          told.map(AnomaliesTold::query).orElse(query),
          page,
          readings.unjudged(query, page.until()));
    }
  }
}
