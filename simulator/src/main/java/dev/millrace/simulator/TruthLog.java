package dev.millrace.simulator;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// The truth beside the events: a line of JSON for each thing that was done to an event.
///
/// `sensor`, `event_time` (as sent, or as it would have been), `kind` ([TruthKind] in lower case),
/// `detail` (the [Malformation] of a malformed one, the name of a zone event), `episode` (the same
/// for all readings of one fault or zone event; begins with the run's id, so that no two runs in
/// one file share one), `value` (as sent; not there when withheld) and `base` (what it would have
/// read). Lines are buffered, and always written whole. For one thread.
public final class TruthLog implements AutoCloseable {

  private static final int FULL = 1 << 16;

  /// One line.
  ///
  /// @param sensor name as a JSON string
  /// @param episode its number within the run; 0 for none
  /// @param scaled the value as sent times 10^decimals
  record Line(
      byte[] sensor,
      long timeMicros,
      TruthKind kind,
      @Nullable String detail,
      long episode,
      boolean sent,
      long scaled,
      long base,
      int decimals) {}

  private final @Nullable Path file;
  private final OutputStream out;
  private final JsonBytes lines = new JsonBytes();
  private String run = "";

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
    return open(file, StandardOpenOption.APPEND);
  }

  /// Writes the file anew.
  public static TruthLog anew(Path file) {
    return open(file, StandardOpenOption.TRUNCATE_EXISTING);
  }

  private static TruthLog open(Path file, StandardOpenOption how) {
    try {
      Path parent = file.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      return new TruthLog(
          file,
          Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, how));
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  /// From here on the episodes are of this run.
  void run(String id) {
    run = id;
  }

  void write(Line line) {
    if (file == null) {
      return;
    }
    lines.ascii("{\"sensor\":").raw(line.sensor());
    lines.ascii(",\"event_time\":").time(line.timeMicros());
    lines.ascii(",\"kind\":\"").ascii(line.kind().word()).ascii("\"");
    if (line.detail() != null) {
      lines.ascii(",\"detail\":").quoted(line.detail());
    }
    if (line.episode() != 0) {
      lines.ascii(",\"episode\":").quoted(run + "-" + line.episode());
    }
    if (line.sent()) {
      lines.ascii(",\"value\":").fixed(line.scaled(), line.decimals());
    }
    lines.ascii(",\"base\":").fixed(line.base(), line.decimals()).ascii("}\n");
    if (lines.length() >= FULL) {
      flush();
    }
  }

  void flush() {
    if (lines.length() == 0) {
      return;
    }
    try {
      out.write(lines.copy());
      lines.clear();
      out.flush();
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  @Override
  public void close() {
    try (out) {
      flush();
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
