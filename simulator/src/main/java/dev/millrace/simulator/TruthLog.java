package dev.millrace.simulator;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The truth beside the events: one line of JSON for every event that something was done to.
///
/// `sensor`, `event_time` (as sent, or as it would have been), `kind` ([TruthKind] in lower case),
/// `detail` (the [Malformation] of a malformed one), `value` (as sent; not there when withheld) and
/// `base` (what it would have read). Lines are appended and buffered. For one thread.
public final class TruthLog implements AutoCloseable {

  private final @Nullable Path file;
  private final OutputStream out;
  private final JsonBytes line = new JsonBytes();

  private TruthLog(@Nullable Path file, OutputStream out) {
    this.file = file;
    this.out = out;
  }

  /// Writes nowhere.
  public static TruthLog none() {
    return new TruthLog(null, OutputStream.nullOutputStream());
  }

  /// Appends to the file, made with its folders when it is not there.
  public static TruthLog append(Path file) {
    try {
      Path parent = file.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      return new TruthLog(
          file,
          new BufferedOutputStream(
              Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND),
              1 << 16));
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  void write(
      byte[] sensor,
      long timeMicros,
      TruthKind kind,
      @Nullable Malformation detail,
      boolean sent,
      long scaled,
      long base,
      int decimals) {
    if (file == null) {
      return;
    }
    line.clear().ascii("{\"sensor\":").raw(sensor).ascii(",\"event_time\":").time(timeMicros);
    line.ascii(",\"kind\":\"").ascii(kind.word()).ascii("\"");
    if (detail != null) {
      line.ascii(",\"detail\":\"").ascii(detail.name().toLowerCase(Locale.ROOT));
      line.ascii("\"");
    }
    if (sent) {
      line.ascii(",\"value\":").fixed(scaled, decimals);
    }
    line.ascii(",\"base\":").fixed(base, decimals).ascii("}\n");
    try {
      out.write(line.copy());
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  private static MillraceException failed(@Nullable Path file, IOException e) {
    return new MillraceException(
        ErrorCode.FILE,
        "the simulator's truth cannot be written to " + file + ": " + e.getMessage(),
        "make room, or choose a home that you may write to",
        e);
  }
}
