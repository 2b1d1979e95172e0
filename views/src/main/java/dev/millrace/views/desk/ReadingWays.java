package dev.millrace.views.desk;

import java.time.Instant;
import java.util.List;

/// The ways from a reading to where more is told of it. FX thread only.
public interface ReadingWays {

  /// Opens Trends with these entities alone.
  void trend(List<String> entities);

  /// Opens the card that follows one reading from its bytes to the warehouse.
  void follow(String entity, Instant time);

  /// Opens Anomalies with those of one place, or of one of its levels.
  void anomalies(String place);
}
