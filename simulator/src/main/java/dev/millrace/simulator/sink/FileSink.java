package dev.millrace.simulator.sink;

import com.github.luben.zstd.ZstdOutputStream;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/// A file with one event per line (NDJSON), written anew; keys are left out. A file that ends in
/// `.gz` or `.zst` is packed so.
public final class FileSink implements EventSink {

  private static final int BUFFER = 1 << 16;

  private final Path file;
  private final FileOutputStream out;
  private final OutputStream lines;
  private boolean closed;

  private FileSink(Path file, FileOutputStream out, OutputStream lines) {
    this.file = file;
    this.out = out;
    this.lines = lines;
  }

  /// Makes the file, and the folders above it.
  public static FileSink open(Path file) {
    try {
      Path parent = file.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      FileOutputStream out = new FileOutputStream(file.toFile());
      try {
        return new FileSink(file, out, new BufferedOutputStream(packing(file, out), BUFFER));
      } catch (IOException | RuntimeException e) {
        out.close();
        throw e;
      }
    } catch (IOException e) {
      throw failed(file, "made", e);
    }
  }

  private static OutputStream packing(Path file, OutputStream out) throws IOException {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    if (name.endsWith(".gz")) {
      // Flushing ends a block, so that what was flushed can be read.
      return new GZIPOutputStream(out, BUFFER, true);
    }
    return name.endsWith(".zst") ? new ZstdOutputStream(out) : out;
  }

  @Override
  public void send(byte[] key, byte[] value) {
    try {
      lines.write(value);
      lines.write('\n');
    } catch (IOException e) {
      throw failed(file, "written", e);
    }
  }

  @Override
  public void flush() {
    try {
      lines.flush();
      out.getFD().sync();
    } catch (IOException e) {
      throw failed(file, "written", e);
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try (out) {
      lines.close();
    } catch (IOException e) {
      throw failed(file, "written", e);
    }
  }

  private static MillraceException failed(Path file, String verb, IOException e) {
    return new MillraceException(
        ErrorCode.FILE,
        "the file " + file + " cannot be " + verb + ": " + e.getMessage(),
        "choose a file in a folder with room that you may write to",
        e);
  }
}
