package dev.millrace.engine.transform.duckdb;

import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The data files one session reads, held until it ends.
///
/// Confined to the session's thread, but {@link #cancel} may come from any: it interrupts a holding
/// under way and leaves no interrupt behind.
final class HeldFiles implements AutoCloseable {

  private final LakeFiles files;
  private final List<LakeFiles.Hold> holds = new ArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Thread holding;
  private boolean interrupted;

  HeldFiles(LakeFiles files) {
    this.files = files;
  }

  /// Where the files can be read, in their order.
  ///
  /// @throws dev.millrace.engine.error.MillraceException as {@link LakeFiles#hold}
  List<Path> hold(List<LakeFile> wanted) {
    entered(Thread.currentThread());
    try {
      LakeFiles.Hold hold = files.hold(wanted);
      holds.add(hold);
      return wanted.stream().map(hold::path).toList();
    } finally {
      left();
    }
  }

  void cancel() {
    lock.lock();
    try {
      if (holding != null) {
        interrupted = true;
        holding.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    holds.forEach(LakeFiles.Hold::close);
    holds.clear();
  }

  private void entered(Thread thread) {
    lock.lock();
    try {
      holding = thread;
      interrupted = false;
    } finally {
      lock.unlock();
    }
  }

  private void left() {
    lock.lock();
    try {
      holding = null;
      if (interrupted) {
        Thread.interrupted();
      }
    } finally {
      lock.unlock();
    }
  }
}
