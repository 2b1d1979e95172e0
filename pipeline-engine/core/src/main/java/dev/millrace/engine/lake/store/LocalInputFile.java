package dev.millrace.engine.lake.store;

import io.delta.kernel.defaults.engine.fileio.InputFile;
import io.delta.kernel.defaults.engine.fileio.SeekableInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/// A local file to read from any position.
///
/// Reads go through a RandomAccessFile and not a channel: an interrupt would close the channel in
/// the middle of a log.
record LocalInputFile(Path file, String path) implements InputFile {

  @Override
  public long length() throws IOException {
    return Files.size(file);
  }

  @Override
  public SeekableInputStream newStream() throws IOException {
    return new Input(file);
  }

  private static final class Input extends SeekableInputStream {

    private final RandomAccessFile source;

    Input(Path file) throws FileNotFoundException {
      source = new RandomAccessFile(file.toFile(), "r");
    }

    @Override
    public long getPos() throws IOException {
      return source.getFilePointer();
    }

    @Override
    public void seek(long position) throws IOException {
      source.seek(position);
    }

    @Override
    public void readFully(byte[] bytes, int offset, int length) throws IOException {
      source.readFully(bytes, offset, length);
    }

    @Override
    public int read() throws IOException {
      return source.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return source.read(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      source.close();
    }
  }
}
