package dev.millrace.engine.lake.store;

import io.delta.kernel.defaults.engine.fileio.InputFile;
import io.delta.kernel.defaults.engine.fileio.SeekableInputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;

/// A file of a store to read from any position.
///
/// A missing one is a {@link FileNotFoundException}: for any other fault Kernel waits and tries again.
///
/// @param bytes its size, or nothing above 0 when it is to be asked for: Kernel says 0 for what it does
///   not know
record StoreInputFile(Store store, String name, String path, long bytes) implements InputFile {

  @Override
  public long length() throws IOException {
    if (bytes > 0) {
      return bytes;
    }
    return store.find(name).orElseThrow(() -> new FileNotFoundException(path)).bytes();
  }

  @Override
  public SeekableInputStream newStream() throws IOException {
    return new Input(store, name, length());
  }

  /// Reads blocks that grow as long as the reading goes straight on: a footer costs little and a
  /// whole file few requests.
  private static final class Input extends SeekableInputStream {

    private static final int FIRST_BLOCK = 128 << 10;
    private static final int LARGEST_BLOCK = 8 << 20;

    private final Store store;
    private final String name;
    private final long end;
    private long position;
    private byte[] block = {};
    private long blockStart;
    private int nextBlock = FIRST_BLOCK;

    Input(Store store, String name, long end) {
      this.store = store;
      this.name = name;
      this.end = end;
    }

    @Override
    public long getPos() {
      return position;
    }

    @Override
    public void seek(long to) {
      position = to;
    }

    @Override
    public void readFully(byte[] bytes, int offset, int length) throws IOException {
      if (readNBytes(bytes, offset, length) < length) {
        throw new EOFException(name + " ends at " + end);
      }
    }

    @Override
    public int read() throws IOException {
      return fill() ? block[(int) (position++ - blockStart)] & 0xFF : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, bytes.length);
      if (length == 0) {
        return 0;
      }
      if (!fill()) {
        return -1;
      }
      int at = (int) (position - blockStart);
      int count = Math.min(length, block.length - at);
      System.arraycopy(block, at, bytes, offset, count);
      position += count;
      return count;
    }

    /// Has the block hold the position; false at the end.
    private boolean fill() throws IOException {
      if (position >= blockStart && position < blockStart + block.length) {
        return true;
      }
      if (position >= end) {
        return false;
      }
      boolean straightOn = block.length > 0 && position == blockStart + block.length;
      nextBlock = straightOn ? Math.min(LARGEST_BLOCK, nextBlock * 2) : FIRST_BLOCK;
      block = block(position, (int) Math.min(nextBlock, end - position));
      blockStart = position;
      if (block.length == 0) {
        throw new EOFException(name + " ends before " + end);
      }
      return true;
    }

    private byte[] block(long from, int length) throws IOException {
      try {
        return store.read(name, from, length);
      } catch (NoSuchFileException e) {
        FileNotFoundException missing = new FileNotFoundException(name);
        missing.initCause(e);
        throw missing;
      }
    }
  }
}
