package dev.millrace.engine.ingest;

import dev.millrace.engine.lake.store.FolderStore;
import dev.millrace.engine.lake.store.Store;
import dev.millrace.engine.lake.store.Stored;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// A folder on a disk that can be made to hang: an entry of a log waits until the gate opens.
final class GatedStore implements Store {

  private final FolderStore disk;
  private volatile CountDownLatch gate = new CountDownLatch(0);

  GatedStore(Path folder) {
    disk = new FolderStore(folder);
  }

  void hang() {
    gate = new CountDownLatch(1);
  }

  void goOn() {
    gate.countDown();
  }

  @Override
  public boolean create(String name, byte[] content) throws IOException {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (InterruptedIOException) new InterruptedIOException("while the disk hung").initCause(e);
    }
    return disk.create(name, content);
  }

  @Override
  public String place() {
    return disk.place();
  }

  @Override
  public boolean isRemote() {
    return disk.isRemote();
  }

  @Override
  public List<Stored> list(String folder, String from) throws IOException {
    return disk.list(folder, from);
  }

  @Override
  public List<String> folders(String folder) throws IOException {
    return disk.folders(folder);
  }

  @Override
  public List<Stored> walk(String folder) throws IOException {
    return disk.walk(folder);
  }

  @Override
  public Optional<Stored> find(String name) throws IOException {
    return disk.find(name);
  }

  @Override
  public byte[] read(String name) throws IOException {
    return disk.read(name);
  }

  @Override
  public byte[] read(String name, long from, int length) throws IOException {
    return disk.read(name, from, length);
  }

  @Override
  public void fetch(String name, Path target) throws IOException {
    disk.fetch(name, target);
  }

  @Override
  public void put(String name, byte[] content) throws IOException {
    disk.put(name, content);
  }

  @Override
  public void put(String name, Path file) throws IOException {
    disk.put(name, file);
  }

  @Override
  public Path draft(String name) throws IOException {
    return disk.draft(name);
  }

  @Override
  public boolean delete(String name) throws IOException {
    return disk.delete(name);
  }

  @Override
  public void close() {
    disk.close();
  }
}
