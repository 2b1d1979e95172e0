package dev.millrace.simulator;

import java.util.random.RandomGenerator;

/// A smooth curve through time with mean 0 and standard deviation 1: the sum of three sines.
///
/// It depends on the time alone, so a value does not depend on which others were asked for before.
final class Wave {

  private static final int SINES = 3;
  private static final double HEIGHT = StrictMath.sqrt(2.0 / SINES);

  private final long[] periods = new long[SINES];
  private final double[] phases = new double[SINES];

  /// @param shortest least period in microseconds
  Wave(RandomGenerator random, long shortest, long longest) {
    for (int i = 0; i < SINES; i++) {
      periods[i] = random.nextLong(shortest, longest);
      phases[i] = random.nextDouble();
    }
  }

  double at(long micros) {
    double sum = 0;
    for (int i = 0; i < SINES; i++) {
      sum += sine(micros, periods[i], phases[i]);
    }
    return sum * HEIGHT;
  }

  /// @param phase part of the period that the curve runs ahead
  static double sine(long micros, long period, double phase) {
    double turn = (double) Math.floorMod(micros, period) / period + phase;
    return StrictMath.sin(2 * Math.PI * (turn - (long) turn));
  }
}
