package dev.millrace.views.overview;

import dev.millrace.views.desk.Awaited;
import dev.millrace.views.theme.Tone;

/// One figure of the overview with what its picture needs.
///
/// @param course values of the sparkline or the bars, oldest first
/// @param percent share of the ring, 0 to 100
/// @param detail the remark in a sentence; empty when it says no more
record Kpi(
    String value,
    String unit,
    String note,
    Tone tone,
    double[] course,
    double percent,
    String detail) {

  static final Kpi NONE = unknown("");

  Kpi(String value, String unit, String note, Tone tone, double[] course, double percent) {
    this(value, unit, note, tone, course, percent, "");
  }

  /// A figure that is not known yet, and why.
  static Kpi unknown(String note) {
    return new Kpi("–", "", note, Tone.MUTED, new double[0], 0);
  }

  /// One that work under way will bring.
  static Kpi awaited(Awaited work) {
    return new Kpi("–", "", work.brief(), Tone.ACCENT, new double[0], 0, work.whole());
  }
}
