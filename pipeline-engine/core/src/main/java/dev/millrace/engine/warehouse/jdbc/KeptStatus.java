package dev.millrace.engine.warehouse.jdbc;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.warehouse.LoadedTable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// What was last read of the ledgers, for a while: a console asks all the time, and of a warehouse
/// elsewhere each look costs a login, or a wait when it does not answer. Any thread may call.
final class KeptStatus {

  private final Duration kept;
  private final InstantSource clock;
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  private record Known(List<LoadedTable> tables, Optional<MillraceException> failure, Instant at) {}

  /// @param kept how long; zero reads anew each time
  KeptStatus(Duration kept, InstantSource clock) {
    this.kept = kept;
    this.clock = clock;
  }

  /// @throws MillraceException as the reading did
  List<LoadedTable> of(String pipeline, Supplier<List<LoadedTable>> reading) {
    if (kept.isZero()) {
      return reading.get();
    }
    Known last = known.get(pipeline);
    if (last == null || !clock.instant().isBefore(last.at().plus(kept))) {
      last = read(reading);
      known.put(pipeline, last);
    }
    if (last.failure().isPresent()) {
      throw last.failure().get();
    }
    return last.tables();
  }

  private Known read(Supplier<List<LoadedTable>> reading) {
    try {
      return new Known(reading.get(), Optional.empty(), clock.instant());
    } catch (MillraceException e) {
      return new Known(List.of(), Optional.of(e), clock.instant());
    }
  }

  /// Something changed, or may have.
  void forget(String pipeline) {
    known.remove(pipeline);
  }
}
