package dev.millrace.engine.lake.store.s3;

import dev.millrace.engine.lake.store.StoreException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadLocalRandom;
import software.amazon.awssdk.core.exception.SdkException;

/// Requests tried until they succeed, fail for good, or have been tried often enough.
///
/// The wait before a try is random and at most 0.1 s, doubled each time up to 5 s. Any thread may
/// call.
///
/// @param attempts tries of one request, from 1
record S3Calls(int attempts, Duration firstWait) {

  private static final Duration FIRST_WAIT = Duration.ofMillis(100);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  S3Calls(int attempts) {
    this(attempts, FIRST_WAIT);
  }

  /// One request.
  interface Request<T> {

    /// @throws IOException when the answer broke off; it is tried again
    T send() throws IOException;
  }

  /// Work of several requests.
  interface Work<T> {
    T run() throws IOException;
  }

  /// Sends a request until it is answered.
  ///
  /// @param place what it is about, for messages
  /// @throws SdkException when S3 refuses in a way that does not pass, for the caller to judge
  /// @throws StoreException when the last try failed as the others did
  <T> T send(String place, Request<T> request) throws IOException {
    Duration wait = firstWait;
    for (int attempt = 1; ; attempt++) {
      try {
        return request.send();
      } catch (SdkException fault) {
        refuseWhenInterrupted(place);
        if (!S3Faults.isPassing(fault)) {
          throw fault;
        }
        if (attempt >= attempts) {
          throw S3Faults.of(fault, place);
        }
      } catch (StoreException | FileSystemException ours) {
        throw ours;
      } catch (IOException broken) {
        refuseWhenInterrupted(place);
        if (attempt >= attempts) {
          throw new StoreException(
              "the answer for " + place + " broke off again and again (" + broken.getMessage() + ")",
              "see to the network; what runs goes on by itself",
              broken);
        }
      }
      pause(wait, place);
      Duration doubled = wait.multipliedBy(2);
      wait = doubled.compareTo(LONGEST_WAIT) < 0 ? doubled : LONGEST_WAIT;
    }
  }

  /// As {@link #send}, with every refusal told as the port tells it.
  <T> T ask(String place, Request<T> request) throws IOException {
    try {
      return send(place, request);
    } catch (SdkException refused) {
      throw S3Faults.of(refused, place);
    }
  }

  /// Runs work to its end on a thread of its own, so that an interrupt of the caller does not tear
  /// it apart; the caller's flag is kept.
  static <T> T whole(Work<T> work) throws IOException {
    FutureTask<T> task = new FutureTask<>(work::run);
    Thread.ofVirtual().name("s3").start(task);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException _) {
          interrupted = true;
        } catch (ExecutionException failed) {
          switch (failed.getCause()) {
            case IOException io -> throw io;
            case RuntimeException fault -> throw fault;
            case Error error -> throw error;
            case null, default -> throw new IllegalStateException(failed);
          }
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// An interrupt closes sockets, which looks like a fault of the network.
  private static void refuseWhenInterrupted(String place) throws InterruptedIOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException(place + " was interrupted");
    }
  }

  private static void pause(Duration longest, String place) throws InterruptedIOException {
    try {
      Thread.sleep(Duration.ofNanos(ThreadLocalRandom.current().nextLong(longest.toNanos() + 1)));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(place + " was interrupted");
    }
  }
}
