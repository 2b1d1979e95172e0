package dev.millrace.engine.live;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// The anomalies of a span as a table judged them, which tells more than what a live state saw: it
/// was not there all the time, and looks at each reading once.
///
/// @param from the table was judged anew from here on; a multiple of {@link #SLOT}
/// @param until newest event of the table
/// @param newest the newest {@link LiveSnapshot#NEWEST_ANOMALIES}, newest first
/// @param striking the most striking of each kind and slot
/// @param counts how many there are of each kind, reason and gravity, slot by slot
public record JudgedAnomalies(
    Instant from,
    Instant until,
    List<LiveSnapshot.Anomaly> newest,
    List<LiveSnapshot.Anomaly> striking,
    List<Count> counts) {

  /// Anomalies are remembered by stretches of this length, which begin at multiples of it.
  public static final Duration SLOT = Duration.ofMinutes(5);

  public JudgedAnomalies {
    newest = List.copyOf(newest);
    striking = List.copyOf(striking);
    counts = List.copyOf(counts);
  }

  /// @param slot begin of the slot
  public record Count(Instant slot, String kind, String reason, Gravity gravity, long count) {}

  /// Which slot a time lies in, counted from 1970.
  static long slot(Instant time) {
    return Math.floorDiv(time.getEpochSecond(), SLOT.toSeconds());
  }
}
