package dev.millrace.engine.ingest;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.Trouble;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The thread that commits, so that reading goes on meanwhile: one batch at a time.
///
/// What a person can mend, a full disk or a folder without write access, is tried again until it
/// lands or is abandoned; the waits double from a quarter of a second to 15 seconds. Everything
/// else fails for good. A failure is told as {@link Trouble.Kind#COMMIT_FAILING} until a commit
/// lands.
final class CommitLane implements AutoCloseable {

  static final Duration FIRST_WAIT = Duration.ofMillis(250);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);
  private static final Set<ErrorCode> PASSING =
      EnumSet.of(ErrorCode.FILE, ErrorCode.LAKE, ErrorCode.SERVICE, ErrorCode.HOME);

  /// The waits between tries: each twice the one before, up to the longest.
  static final class Waits {
    private Duration next;

    Waits(Duration first) {
      next = first;
    }

    Duration next() {
      Duration wait = next;
      Duration doubled = wait.multipliedBy(2);
      next = doubled.compareTo(LONGEST_WAIT) < 0 ? doubled : LONGEST_WAIT;
      return wait;
    }
  }

  private record Job(MicroBatch batch, CompletableFuture<CommitResult> result) {}

  private final BatchCommitter committer;
  private final Duration firstWait;
  private final Vitals vitals;
  private final Troubles troubles;
  private final Thread thread;
  private final BlockingQueue<Job> jobs = new ArrayBlockingQueue<>(1);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition hurry = lock.newCondition();
  private boolean abandoned;
  private volatile boolean closed;

  CommitLane(
      String name, BatchCommitter committer, Duration firstWait, Vitals vitals, Troubles troubles) {
    this.firstWait = firstWait;
    this.committer = committer;
    this.vitals = vitals;
    this.troubles = troubles;
    thread = Thread.ofPlatform().name("commit " + name).daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /// Commits the batch, which must be left alone until the result is there. The result never fails.
  CompletableFuture<CommitResult> submit(MicroBatch batch) {
    lock.lock();
    try {
      abandoned = false;
    } finally {
      lock.unlock();
    }
    Job job = new Job(batch, new CompletableFuture<>());
    jobs.add(job);
    return job.result();
  }

  /// Lets the attempt under way end and makes no further one.
  void abandon() {
    lock.lock();
    try {
      abandoned = true;
      hurry.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Ends the thread after the work under way.
  @Override
  public void close() {
    closed = true;
    abandon();
    thread.interrupt();
  }

  private void run() {
    while (!closed) {
      try {
        Job job = jobs.take();
        job.result().complete(land(job.batch()));
      } catch (InterruptedException _) {
        // Only close() interrupts, and the condition of the loop is its word.
      }
    }
  }

  private CommitResult land(MicroBatch batch) {
    Waits waits = new Waits(firstWait);
    while (true) {
      try {
        CommitResult result = attempt(batch);
        troubles.end(Trouble.Kind.COMMIT_FAILING);
        return result;
      } catch (MillraceException e) {
        if (!PASSING.contains(e.code())) {
          return new CommitResult.Failed(e);
        }
        tell(e);
      } catch (UncheckedIOException e) {
        tell(
            new MillraceException(
                ErrorCode.FILE,
                "Could not write to the lake: " + e.getMessage(),
                "free space on the disk and make the lake's folder writable",
                e));
      } catch (RuntimeException | Error e) {
        return new CommitResult.Failed(Internal.fault("commit", e));
      }
      if (!waitUnlessAbandoned(waits.next())) {
        committer.abandon();
        return new CommitResult.Abandoned();
      }
    }
  }

  private CommitResult attempt(MicroBatch batch) {
    boolean ended = false;
    vitals.commitBegins();
    try {
      CommitResult result = committer.commit(batch);
      ended = true;
      return result;
    } finally {
      vitals.commitEnds(ended);
    }
  }

  private void tell(MillraceException now) {
    troubles.begin(Trouble.Kind.COMMIT_FAILING, now.what(), now.remedy(), now);
  }

  private boolean waitUnlessAbandoned(Duration wait) {
    lock.lock();
    try {
      long left = wait.toNanos();
      while (left > 0 && !abandoned) {
        left = hurry.awaitNanos(left);
      }
      return !abandoned;
    } catch (InterruptedException _) {
      return false;
    } finally {
      lock.unlock();
    }
  }

  /// Waits for a result, with an end.
  static Optional<CommitResult> await(CompletableFuture<CommitResult> result, Duration patience) {
    try {
      return Optional.of(result.get(patience.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException _) {
      return Optional.empty();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a commit's result failed", e);
    }
  }
}
