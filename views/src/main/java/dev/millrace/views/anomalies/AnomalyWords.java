package dev.millrace.views.anomalies;

import dev.millrace.engine.live.Gravity;
import dev.millrace.engine.live.LiveSnapshot.Anomaly;
import dev.millrace.views.charts.TimelinePicture.Detail;
import dev.millrace.views.text.Clock;
import dev.millrace.views.text.Figures;
import dev.millrace.views.text.Names;
import dev.millrace.views.theme.Tone;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An anomaly in words; two of the same anomaly are equal whenever they were made. Any thread may
/// call.
///
/// @param now times of another day name it
/// @param standing what it stands for besides itself; empty for nothing
public record AnomalyWords(Anomaly anomaly, Clock clock, Instant now, String standing)
    implements Detail {

  AnomalyWords(Anomaly anomaly, Clock clock, Instant now) {
    this(anomaly, clock, now, "");
  }

  /// Of the gravest of many.
  static AnomalyWords of(Anomaly gravest, long many, Duration within, Clock clock, Instant now) {
    return new AnomalyWords(
        gravest,
        clock,
        now,
        many == 1 ? "" : "The gravest of " + Figures.count(many) + " in " + Figures.even(within));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AnomalyWords words && Objects.equals(words.anomaly, anomaly);
  }

  @Override
  public int hashCode() {
    return anomaly.hashCode();
  }

  @Override
  public String text() {
    return anomaly.entity()
        + "   "
        + Figures.reading(anomaly.value(), anomaly.unit())
        + "\n"
        + Names.place(anomaly.place())
        + " · "
        + Names.spoken(anomaly.kind())
        + "\n"
        + cause(anomaly)
        + "\n"
        + clock.second(anomaly.time(), now)
        + " "
        + clock.zoneName(anomaly.time())
        + (standing.isEmpty() ? "" : "\n" + standing);
  }

  /// An anomaly's reason and how far it is out of line: `Z-score 6.2`.
  public static String cause(Anomaly anomaly) {
    String score = score(anomaly);
    return switch (anomaly.reason()) {
      case "ZSCORE" -> "Z-score " + score;
      case "RANGE+ZSCORE" -> "Out of range, z-score " + score;
      default -> reason(anomaly.reason());
    };
  }

  /// `6.2`, or a dash when its range alone judged it.
  public static String score(Anomaly anomaly) {
    return Double.isNaN(anomaly.score()) ? "–" : Figures.reading(anomaly.score());
  }

  /// An anomaly's reason in words.
  public static String reason(String reason) {
    return switch (reason) {
      case "RANGE" -> "Out of range";
      case "ZSCORE" -> "Z-score";
      case "RANGE+ZSCORE" -> "Range + z-score";
      default -> Names.spoken(reason);
    };
  }

  /// What an anomaly's reason says of its value; empty for one that is not known here.
  public static String meaning(String reason) {
    return switch (reason) {
      case "RANGE" -> "Out of the range that its type can have";
      case "ZSCORE" -> "Far from its sensor's own course";
      case "RANGE+ZSCORE" -> "Out of range and far from its own course";
      default -> "";
    };
  }

  /// What a gravity says of an anomaly.
  public static String meaning(Gravity gravity) {
    String striking = Figures.count(Math.round(Gravity.STRIKING));
    return switch (gravity) {
      case CRITICAL -> "out of its range";
      case WARNING -> "z-score of " + striking + " or more";
      case NOTICE -> "z-score below " + striking;
    };
  }

  /// Gravity in a word.
  public static String gravity(Gravity gravity) {
    return switch (gravity) {
      case CRITICAL -> "Critical";
      case WARNING -> "Warning";
      case NOTICE -> "Notice";
    };
  }

  public static Tone tone(Gravity gravity) {
    return switch (gravity) {
      case CRITICAL -> Tone.BAD;
      case WARNING -> Tone.WARNING;
      case NOTICE -> Tone.ACCENT;
    };
  }

  /// Ikonli literal.
  public static String icon(Gravity gravity) {
    return switch (gravity) {
      case CRITICAL -> "mdi2a-alert-circle-outline";
      case WARNING -> "mdi2a-alert-outline";
      case NOTICE -> "mdi2i-information-outline";
    };
  }
}
