package dev.millrace.simulator.sink;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file with one event per line (NDJSON), written anew; keys are left out.
public final class FileSink implements EventSink {

  private final Path file;
  private final FileOutputStream out;
  private final BufferedOutputStream buffered;
  private boolean closed;

  /// Makes the file, and the folders above it.
  public FileSink(Path file) {
    this.file = file;
    try {
      Path parent = file.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      out = new FileOutputStream(file.toFile());
      buffered = new BufferedOutputStream(out, 1 << 16);
    } catch (IOException e) {
      throw failed("made", e);
    }
  }

  @Override
  public void send(byte[] key, byte[] value) {
    try {
      buffered.write(value);
      buffered.write('\n');
    } catch (IOException e) {
      throw failed("written", e);
    }
  }

  @Override
  public void flush() {
    try {
      buffered.flush();
      out.getFD().sync();
    } catch (IOException e) {
      throw failed("written", e);
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try (out) {
      buffered.flush();
    } catch (IOException e) {
      throw failed("written", e);
    }
  }

  private MillraceException failed(String verb, IOException e) {
    return new MillraceException(
        ErrorCode.FILE,
        "the file " + file + " cannot be " + verb + ": " + e.getMessage(),
        "choose a file in a folder with room that you may write to",
        e);
  }
}
