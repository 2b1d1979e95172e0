package dev.millrace.engine.ingest;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Those who wait until the tables hold all that stood in the topic when they asked.
///
/// Any thread may ask; the stream's thread answers.
final class CatchUps {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  private final ConcurrentLinkedQueue<CompletableFuture<Void>> asked =
      new ConcurrentLinkedQueue<>();
  private final List<Waiting> waiting = new ArrayList<>();
  private boolean looked;
  private long lastLook;
  private volatile boolean ended;
  private volatile MillraceException why =
      new MillraceException(
          ErrorCode.CANCELLED,
          "The stream ended before it had caught up",
          "start the stream and ask again");

  /// Tells how far a partition is dealt with.
  interface Ledger {

    boolean assigned(int partition);

    /// Offset below which an assigned partition holds nothing that is not in the tables.
    long settled(int partition);

    /// Offset up to which an assigned partition has been read.
    long read(int partition);

    /// Someone is about to be told that all has landed; the pictures should say so too.
    void beforeAnswer();

    /// Marker of a partition that another worker reads, or none does.
    OptionalLong marker(int partition);
  }

  private record Waiting(
      CompletableFuture<Void> future, Map<Integer, EventSource.OffsetRange> targets) {}

  CompletableFuture<Void> ask() {
    CompletableFuture<Void> future = new CompletableFuture<>();
    asked.add(future);
    if (ended) {
      failAll();
    }
    return future;
  }

  /// Takes note of new ones, answers those that are served, and tells whether the open batch should
  /// be committed for the others.
  boolean turn(EventSource source, Ledger ledger) {
    while (!asked.isEmpty()) {
      Map<Integer, EventSource.OffsetRange> targets = source.offsets();
      if (targets.isEmpty()) {
        return false;
      }
      CompletableFuture<Void> future = asked.remove();
      waiting.add(new Waiting(future, targets));
      looked = false;
    }
    long now = System.nanoTime();
    boolean lookAtOthers = !looked || now - lastLook >= BETWEEN_LOOKS.toNanos();
    boolean flush = false;
    for (Iterator<Waiting> each = waiting.iterator(); each.hasNext(); ) {
      Waiting one = each.next();
      if (served(one, ledger, lookAtOthers)) {
        each.remove();
        ledger.beforeAnswer();
        one.future().complete(null);
      } else {
        flush |= allRead(one, ledger);
      }
    }
    if (lookAtOthers) {
      looked = true;
      lastLook = now;
    }
    return flush;
  }

  /// Nobody will be served any more.
  ///
  /// @param failure what ended the stream; empty when it was asked to end
  void end(Optional<MillraceException> failure) {
    failure.ifPresent(cause -> why = cause);
    ended = true;
    failAll();
  }

  private void failAll() {
    MillraceException cause = why;
    for (CompletableFuture<Void> next = asked.poll(); next != null; next = asked.poll()) {
      next.completeExceptionally(cause);
    }
    waiting.forEach(w -> w.future().completeExceptionally(cause));
  }

  private static boolean served(Waiting one, Ledger ledger, boolean lookAtOthers) {
    for (var target : one.targets().entrySet()) {
      int partition = target.getKey();
      long end = target.getValue().end();
      if (end <= target.getValue().beginning()) {
        continue;
      }
      if (ledger.assigned(partition)) {
        if (ledger.settled(partition) < end) {
          return false;
        }
      } else if (!lookAtOthers || ledger.marker(partition).orElse(0) < end) {
        return false;
      }
    }
    return true;
  }

  private static boolean allRead(Waiting one, Ledger ledger) {
    return one.targets().entrySet().stream()
        .allMatch(
            t -> !ledger.assigned(t.getKey()) || ledger.read(t.getKey()) >= t.getValue().end());
  }
}
