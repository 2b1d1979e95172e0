package dev.millrace.engine.lake.store;

import io.delta.kernel.defaults.engine.fileio.OutputFile;
import io.delta.kernel.defaults.engine.fileio.PositionOutputStream;
import io.delta.kernel.utils.CloseableIterator;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// A local file to write whole: under a hidden name first, forced to the disk, then named.
record LocalOutputFile(Path file, String path) implements OutputFile {

  private static final int BUFFER_BYTES = 64 * 1024;

  @Override
  public PositionOutputStream create(boolean atomicWrite) throws IOException {
    return new Output(file);
  }

  @Override
  public void writeAtomically(CloseableIterator<String> data, boolean overwrite)
      throws IOException {
    Path temporary = LocalFileIO.temporaryFor(file);
    try (data) {
      writeLines(data, temporary);
      if (overwrite) {
        DurableFiles.replace(temporary, file);
      } else {
        DurableFiles.publish(temporary, file);
      }
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static void writeLines(CloseableIterator<String> lines, Path target) throws IOException {
    try (FileOutputStream raw = new FileOutputStream(target.toFile());
        BufferedOutputStream out = new BufferedOutputStream(raw, BUFFER_BYTES)) {
      while (lines.hasNext()) {
        out.write(lines.next().getBytes(StandardCharsets.UTF_8));
        out.write('\n');
      }
      out.flush();
      raw.getFD().sync();
    }
  }

  /// Stream whose file takes the place of an older one when it is closed.
  private static final class Output extends PositionOutputStream {

    private final Path target;
    private final Path temporary;
    private final FileOutputStream raw;
    private final BufferedOutputStream out;
    private long position;
    private boolean closed;

    Output(Path target) throws IOException {
      this.target = target;
      this.temporary = LocalFileIO.temporaryFor(target);
      this.raw = new FileOutputStream(temporary.toFile());
      this.out = new BufferedOutputStream(raw, BUFFER_BYTES);
    }

    @Override
    public long getPos() {
      return position;
    }

    @Override
    public void write(int value) throws IOException {
      out.write(value);
      position++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      position += length;
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void close() throws IOException {
      if (closed) {
        return;
      }
      closed = true;
      try {
        try (raw) {
          out.flush();
          raw.getFD().sync();
        }
        DurableFiles.replace(temporary, target);
      } finally {
        Files.deleteIfExists(temporary);
      }
    }
  }
}
