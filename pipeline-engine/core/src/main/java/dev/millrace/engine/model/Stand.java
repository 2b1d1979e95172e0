package dev.millrace.engine.model;

import java.util.OptionalDouble;

/// How far work is, as told to a {@link Progress}.
///
/// @param what what is being done, for people
/// @param total what `done` will be at the end; 0 when unknown
/// @param whole how much of all is done, 0 to 1, where `done` and `total` count only the part under
///   way; empty where they count all
public record Stand(String what, long done, long total, OptionalDouble whole) {

  /// Of work that has not begun, since other work of its pipeline is to end first.
  public static final Stand WAITS = new Stand("waiting for its turn", 0, 0);

  public Stand(String what, long done, long total) {
    this(what, done, total, OptionalDouble.empty());
  }

  public Stand(String what, long done, long total, double whole) {
    this(what, done, total, OptionalDouble.of(whole));
  }

  /// How much of all is done, 0 to 1; negative when unknown.
  public double share() {
    return whole.orElse(total > 0 ? Math.min(1, (double) done / total) : -1);
  }
}
