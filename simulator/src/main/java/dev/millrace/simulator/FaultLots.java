package dev.millrace.simulator;

import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/// Which reading a fault meets by chance, so that the share of faulty readings is the anomaly rate.
/// For the fleet's thread.
final class FaultLots {

  private final List<FaultMix> mixes;
  private final double[] startWeights;
  private final double allWeights;
  private final double meanReadings;
  private final LongSupplier episodes;

  /// @param episodes numbers for the next episode
  FaultLots(List<FaultMix> mixes, LongSupplier episodes) {
    this.mixes = mixes;
    this.episodes = episodes;
    this.startWeights = mixes.stream().mapToDouble(m -> m.part() / m.meanReadings()).toArray();
    this.allWeights = DoubleStream.of(startWeights).sum();
    double parts = mixes.stream().mapToDouble(FaultMix::part).sum();
    this.meanReadings = mixes.isEmpty() ? 1 : parts / allWeights;
  }

  /// The fault of the sensor's next reading; null for none. An episode of mean length m begins
  /// after a sound reading with chance r / (m (1 - r) + r).
  @Nullable Fault draw(Sensor sensor, double rate) {
    if (sensor.readingsLeft > 0) {
      sensor.readingsLeft--;
      return endOrGoOn(sensor);
    }
    double lot = sensor.random.nextDouble();
    if (mixes.isEmpty() || lot >= rate / (meanReadings * (1 - rate) + rate)) {
      return null;
    }
    FaultMix mix = mixes.get(drawn(sensor));
    sensor.begin(mix.fault(), episodes.getAsLong());
    sensor.direction = sensor.random.nextBoolean() ? 1 : -1;
    sensor.readingsLeft = sensor.random.nextInt(mix.shortest(), mix.longest() + 1) - 1;
    return endOrGoOn(sensor);
  }

  /// What a sensor that was broken from outside does with its next reading.
  static @Nullable Fault broken(Sensor sensor, Fault fault) {
    return switch (fault) {
      case STUCK, DRIFT, OFFLINE -> fault;
      case SPIKE -> sensor.random.nextInt(5) == 0 ? fault : null;
      case DROPOUT -> sensor.random.nextBoolean() ? fault : null;
    };
  }

  private static @Nullable Fault endOrGoOn(Sensor sensor) {
    Fault fault = sensor.episode;
    if (sensor.readingsLeft == 0) {
      sensor.episode = null;
    }
    return fault;
  }

  private int drawn(Sensor sensor) {
    double lot = sensor.random.nextDouble() * allWeights;
    for (int i = 0; i < startWeights.length; i++) {
      lot -= startWeights[i];
      if (lot < 0) {
        return i;
      }
    }
    return startWeights.length - 1;
  }
}
