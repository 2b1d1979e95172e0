package dev.millrace.views.overview;

import dev.millrace.engine.live.LiveSnapshot;
import dev.millrace.engine.live.LiveSnapshot.Anomaly;
import dev.millrace.engine.live.LiveSnapshot.Series;
import dev.millrace.views.charts.Decimation;
import dev.millrace.views.charts.TrendPicture;
import dev.millrace.views.charts.TrendPicture.Band;
import dev.millrace.views.charts.TrendPicture.Line;
import dev.millrace.views.text.Names;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Makes a trend of one kind: the mean of all places with the middle 80 % of them as a band, and a
/// line for each chosen place. Any thread may call.
final class TrendPlan {

  static final int MOST_PLACES = 3;
  private static final int PLACES_BY_DEFAULT = 2;
  private static final long MINUTE = 60_000;

  private TrendPlan() {}

  static TrendPicture picture(
      LiveSnapshot live, String kind, TrendRange range, Set<String> chosen) {
    List<Series> all = live.series().stream().filter(s -> s.kind().equals(kind)).toList();
    long to = live.newest().map(t -> t.getEpochSecond() / 60).orElse(0L);
    if (all.isEmpty() || to == 0) {
      return TrendPicture.EMPTY;
    }
    long from = to - range.minutes();
    int colour = 0;
    List<Line> lines = new ArrayList<>();
    Band band = Band.NONE;
    if (all.size() > 1) {
      long[] minutes = new long[range.minutes() + 1];
      double[] mean = new double[minutes.length];
      double[] low = new double[minutes.length];
      double[] high = new double[minutes.length];
      spread(all, from, minutes, mean, low, high);
      long[] times = millis(minutes);
      lines.add(new Line("All " + all.size() + " places", times, mean, colour++));
      band = new Band(times, low, high);
    }
    for (String place : places(live, kind, all, chosen)) {
      for (Series series : all) {
        if (series.place().equals(place)) {
          lines.add(
              new Line(Names.place(place), millis(series.minutes()), series.mean(), colour++));
        }
      }
    }
    double[] edges = edges(lines, band, from * MINUTE, to * MINUTE);
    return new TrendPicture(
        lines, band, from * MINUTE, to * MINUTE, edges[0], edges[1], all.getFirst().unit());
  }

  private static long[] millis(long[] minutes) {
    long[] times = new long[minutes.length];
    for (int i = 0; i < times.length; i++) {
      times[i] = minutes[i] * MINUTE;
    }
    return times;
  }

  /// The chosen places that have this kind; without any, those with most anomalies.
  private static Set<String> places(
      LiveSnapshot live, String kind, List<Series> all, Set<String> chosen) {
    Set<String> known = new LinkedHashSet<>();
    all.forEach(s -> known.add(s.place()));
    Set<String> wanted = new LinkedHashSet<>(chosen);
    wanted.retainAll(known);
    if (!wanted.isEmpty()) {
      return wanted;
    }
    Map<String, Integer> anomalies = new HashMap<>();
    for (Anomaly anomaly : live.anomalies()) {
      if (anomaly.kind().equals(kind)) {
        anomalies.merge(anomaly.place(), 1, Integer::sum);
      }
    }
    Set<String> places = new LinkedHashSet<>();
    known.stream()
        .sorted(
            Comparator.comparingInt((String p) -> -anomalies.getOrDefault(p, 0))
                .thenComparing(Names.NATURAL))
        .limit(PLACES_BY_DEFAULT)
        .forEach(places::add);
    return places;
  }

  private static void spread(
      List<Series> all, long from, long[] minutes, double[] mean, double[] low, double[] high) {
    double[] values = new double[all.size()];
    int[] at = new int[all.size()];
    for (int s = 0; s < all.size(); s++) {
      at[s] = Decimation.firstAtOrAfter(all.get(s).minutes(), from);
    }
    for (int m = 0; m < minutes.length; m++) {
      minutes[m] = from + m;
      int heard = 0;
      double sum = 0;
      for (int s = 0; s < all.size(); s++) {
        long[] own = all.get(s).minutes();
        if (at[s] < own.length && own[at[s]] == minutes[m]) {
          double value = all.get(s).mean()[at[s]++];
          values[heard++] = value;
          sum += value;
        }
      }
      if (heard == 0) {
        mean[m] = Double.NaN;
        low[m] = Double.NaN;
        high[m] = Double.NaN;
        continue;
      }
      Arrays.sort(values, 0, heard);
      int cut = heard / 10;
      mean[m] = sum / heard;
      low[m] = values[cut];
      high[m] = values[heard - 1 - cut];
    }
  }

  private static double[] edges(List<Line> lines, Band band, long from, long to) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (Line line : lines) {
      for (int i = Decimation.firstAtOrAfter(line.times(), from);
          i < line.times().length && line.times()[i] <= to;
          i++) {
        double value = line.values()[i];
        if (!Double.isNaN(value)) {
          low = Math.min(low, value);
          high = Math.max(high, value);
        }
      }
    }
    for (int i = 0; i < band.times().length; i++) {
      if (!Double.isNaN(band.low()[i])) {
        low = Math.min(low, band.low()[i]);
        high = Math.max(high, band.high()[i]);
      }
    }
    return low <= high ? new double[] {low, high} : new double[] {0, 1};
  }
}
