package dev.millrace.engine.lake.store;

import io.delta.kernel.defaults.engine.fileio.OutputFile;
import io.delta.kernel.defaults.engine.fileio.PositionOutputStream;
import io.delta.kernel.utils.CloseableIterator;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file of a store to write whole.
record StoreOutputFile(Store store, String name, String path) implements OutputFile {

  private static final int BUFFER_BYTES = 64 * 1024;

  @Override
  public PositionOutputStream create(boolean atomicWrite) throws IOException {
    return new Output(store, name);
  }

  @Override
  public void writeAtomically(CloseableIterator<String> data, boolean overwrite)
      throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    try (data) {
      while (data.hasNext()) {
        content.writeBytes(data.next().getBytes(StandardCharsets.UTF_8));
        content.write('\n');
      }
    }
    if (overwrite) {
      store.put(name, content.toByteArray());
    } else if (!store.create(name, content.toByteArray())) {
      throw new FileAlreadyExistsException(path);
    }
  }

  /// Stream into a draft which becomes the file when it is closed.
  private static final class Output extends PositionOutputStream {

    private final Store store;
    private final String name;
    private final Path draft;
    private final BufferedOutputStream out;
    private long position;
    private boolean closed;

    Output(Store store, String name) throws IOException {
      this.store = store;
      this.name = name;
      this.draft = store.draft(name);
      this.out = new BufferedOutputStream(new FileOutputStream(draft.toFile()), BUFFER_BYTES);
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
        out.close();
        store.put(name, draft);
      } finally {
        Files.deleteIfExists(draft);
      }
    }
  }
}
