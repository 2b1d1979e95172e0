package dev.millrace.views.overview;

import dev.millrace.views.theme.Tone;

/// One figure of the overview with what its picture needs.
///
/// @param course values of the sparkline or the bars, oldest first
/// @param percent share of the ring, 0 to 100
record Kpi(String value, String unit, String note, Tone tone, double[] course, double percent) {

  static final Kpi NONE = new Kpi("–", "", "", Tone.MUTED, new double[0], 0);
}
