package dev.millrace.engine.live;

import java.util.function.LongPredicate;

/// Bounded history of one entity: its last 511 readings, and 21 hours of five-minute steps.
///
/// Full, it takes 22 KiB: 512 rows of 24 bytes and 256 rows of 40 bytes. One thread writes, any
/// reads.
final class History {

  private static final int READINGS = 512;
  private static final int STEPS = 256;
  private static final long STEP = 300_000_000L;
  private static final long NONE = Long.MIN_VALUE;

  private final SharedRing readings;
  private final SharedRing steps;
  private final double[] row = new double[3];
  private long lastStep = NONE;
  private long step = NONE;
  private long count;
  private double sum;
  private double low;
  private double high;

  History(LongPredicate room) {
    readings = new SharedRing(3, READINGS, room);
    steps = new SharedRing(5, STEPS, room);
  }

  void add(long time, double value, boolean anomalous) {
    row[0] = time;
    row[1] = value;
    row[2] = anomalous ? 1 : 0;
    readings.add(row);
    long now = Math.floorDiv(time, STEP);
    if (now != step) {
      if (step != NONE) {
        addStep(step, count, sum / count, low, high);
      }
      step = now;
      count = 0;
      sum = 0;
      low = value;
      high = value;
    }
    count++;
    sum += value;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }

  /// Puts a step that is over back, in order, before any reading.
  void seed(long time, long readingsThen, double mean, double lowest, double highest) {
    addStep(Math.floorDiv(time, STEP), readingsThen, mean, lowest, highest);
  }

  private void addStep(long number, long readingsThen, double mean, double lowest, double highest) {
    if (number > lastStep) {
      lastStep = number;
      steps.add(new double[] {number * (double) STEP, readingsThen, mean, lowest, highest});
    }
  }

  LiveSnapshot.History picture(String entity) {
    double[][] raw = readings.read();
    double[][] coarse = steps.read();
    boolean[] anomalous = new boolean[raw[2].length];
    for (int i = 0; i < anomalous.length; i++) {
      anomalous[i] = raw[2][i] != 0;
    }
    return new LiveSnapshot.History(
        entity,
        longs(raw[0]),
        raw[1],
        anomalous,
        longs(coarse[0]),
        coarse[2],
        coarse[3],
        coarse[4]);
  }

  private static long[] longs(double[] whole) {
    long[] longs = new long[whole.length];
    for (int i = 0; i < longs.length; i++) {
      longs[i] = (long) whole[i];
    }
    return longs;
  }
}
