package dev.millrace.simulator.score;

import dev.millrace.simulator.TruthKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How well a detection did.
///
/// The measures are those of information retrieval (van Rijsbergen, Information Retrieval, 2nd
/// edition 1979, chapter 7) over readings, and over episodes in the manner of Tatbul and others
/// (Precision and Recall for Time Series, NeurIPS 2018: an episode is found when any reading of it
/// is); docs/simulator.md defines each.
///
/// @param all every reading that stands in the table and was judged
/// @param kinds by what was done
/// @param reasons by why a reading was flagged
/// @param withheld what cannot be seen in readings
/// @param others what else was done to events
/// @param notJudged readings of sensors that are none of the fleet's
public record Score(
    Counts all,
    List<OfKind> kinds,
    List<OfReason> reasons,
    List<Withheld> withheld,
    List<Other> others,
    long notJudged) {

  public Score {
    kinds = List.copyOf(kinds);
    reasons = List.copyOf(reasons);
    withheld = List.copyOf(withheld);
    others = List.copyOf(others);
  }

  /// @param right anomalous and flagged
  /// @param missed anomalous and not flagged
  /// @param falseAlarms flagged and sound
  /// @param sound neither
  public record Counts(long right, long missed, long falseAlarms, long sound) {

    public long readings() {
      return right + missed + falseAlarms + sound;
    }

    /// Empty when nothing was flagged.
    public Optional<Double> precision() {
      return share(right, right + falseAlarms);
    }

    /// Empty when nothing was anomalous.
    public Optional<Double> recall() {
      return share(right, right + missed);
    }

    /// Harmonic mean of precision and recall.
    public Optional<Double> f1() {
      return share(2 * right, 2 * right + falseAlarms + missed);
    }

    /// False alarms among sound readings.
    public Optional<Double> falseAlarmRate() {
      return share(falseAlarms, falseAlarms + sound);
    }
  }

  /// @param counts its readings beside all false alarms, as an alarm does not say which kind it
  ///   means
  /// @param notInTable readings that the truth tells of and the table does not have
  /// @param episodes of which at least one reading stands in the table
  /// @param found those of which a reading is flagged
  /// @param delays of those found
  public record OfKind(
      TruthKind kind,
      Counts counts,
      long notInTable,
      long episodes,
      long found,
      long episodesNotInTable,
      Optional<Delays> delays) {

    public Optional<Double> episodeRecall() {
      return share(found, episodes);
    }
  }

  /// Event time from an episode's first reading to its first flagged one.
  public record Delays(Duration median, Duration p90, Duration longest) {}

  public record OfReason(String reason, long flagged, long right) {

    public Optional<Double> precision() {
      return share(right, flagged);
    }
  }

  public record Withheld(TruthKind kind, long readings, long episodes) {}

  /// @param events that the truth tells of, each event's copies counted once
  /// @param inTable those whose sensor and time stand in the table
  public record Other(TruthKind kind, long events, long inTable) {}

  private static Optional<Double> share(long part, long whole) {
    return whole == 0 ? Optional.empty() : Optional.of((double) part / whole);
  }
}
