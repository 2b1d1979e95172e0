package dev.millrace.engine.transform.duckdb;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.LakeFiles;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.SqlSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;

/// DuckDB inside this process, one in-memory database for all sessions.
///
/// The sessions share the memory limit and the threads; what does not fit spills to a folder of
/// this engine under the scratch folder. Dates and times are UTC. Nothing is fetched from outside:
/// no extension is installed or loaded beyond those built in.
///
/// Any thread may ask for a session. Closing the engine ends the sessions still open.
public final class DuckDbEngine implements SqlEngine {

  /// What large windows and percentiles need to stay quick.
  public static final long DEFAULT_MEMORY_BYTES = 4L << 30;

  /// Memory for each row a query sees: percentiles and windows hold rows whole and by columns, and
  /// so does a write into many dates.
  private static final long ROW_BYTES = 512;

  /// Spark's names for what the portable SQL needs and DuckDB calls otherwise.
  private static final List<String> PRELUDE =
      List.of(
          "CREATE MACRO unix_micros(moment) AS epoch_us(moment)",
          "CREATE MACRO timestamp_micros(micros) AS make_timestamp(micros)::TIMESTAMPTZ",
          "CREATE MACRO regexp_like(subject, pattern) AS regexp_matches(subject, pattern)");

  private final DuckDBConnection root;
  private final Path scratch;
  private final long memoryBytes;
  private final int threads;
  private final boolean inOrder;
  private final LakeFiles files;

  /// @param scratch folder for what spills and for files being written; made when absent. It should
  ///   lie on the lake's file system, so that finished files are moved and not copied
  /// @param memoryBytes memory all sessions may use together; under 2 GiB large tables get slow
  /// @param threads processor threads all sessions may use together
  public DuckDbEngine(Path scratch, long memoryBytes, int threads) {
    this(scratch, memoryBytes, threads, LakeFiles.inPlace());
  }

  /// As above, for a lake whose files are brought here to be read.
  public DuckDbEngine(Path scratch, long memoryBytes, int threads, LakeFiles files) {
    this(scratch, memoryBytes, threads, files, List.of(), false);
  }

  /// As above, for SQL that is not ours: it reaches no file outside of these folders, no network
  /// and no setting.
  ///
  /// @param folders where the lake's files lie; at least one
  public static DuckDbEngine confined(
      Path scratch, long memoryBytes, int threads, LakeFiles files, List<Path> folders) {
    if (folders.isEmpty()) {
      throw new IllegalArgumentException("an engine confined to no folder reads nothing");
    }
    return new DuckDbEngine(scratch, memoryBytes, threads, files, folders, false);
  }

  /// An engine that reads the rows of a file in their order, at the cost of memory.
  public static DuckDbEngine inOrder(Path scratch, long memoryBytes, int threads) {
    return new DuckDbEngine(scratch, memoryBytes, threads, LakeFiles.inPlace(), List.of(), true);
  }

  /// @param folders all that its SQL may reach; empty for everything
  private DuckDbEngine(
      Path scratch,
      long memoryBytes,
      int threads,
      LakeFiles files,
      List<Path> folders,
      boolean inOrder) {
    this.files = files;
    this.memoryBytes = memoryBytes;
    this.threads = threads;
    this.inOrder = inOrder;
    this.scratch = scratch.toAbsolutePath().normalize();
    try {
      Files.createDirectories(this.scratch);
    } catch (IOException e) {
      throw new MillraceException(
          ErrorCode.FILE,
          "The scratch folder " + this.scratch + " cannot be made: " + e.getMessage(),
          "choose a home with write access",
          e);
    }
    Properties settings = new Properties();
    settings.setProperty("memory_limit", Math.max(1, memoryBytes >> 20) + "MiB");
    settings.setProperty("threads", Integer.toString(Math.max(1, threads)));
    settings.setProperty("temp_directory", this.scratch.resolve("spill").toString());
    // Tables have no order of their own, and keeping one would cost memory in every write.
    settings.setProperty("preserve_insertion_order", Boolean.toString(inOrder));
    // Few entities are looked for by their names, so that files which have none of them are passed
    // over by their Bloom filters.
    settings.setProperty("dynamic_or_filter_threshold", "1000");
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    try {
      root = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:", settings);
      UnpackedLibrary.delete();
      try (Statement statement = root.createStatement()) {
        statement.execute("SET GLOBAL TimeZone = 'UTC'");
      }
      for (String macro : PRELUDE) {
        try (Statement statement = root.createStatement()) {
          statement.execute(macro);
        }
      }
      if (!folders.isEmpty()) {
        confine(folders);
      }
    } catch (SQLException e) {
      throw new MillraceException(
          ErrorCode.SQL,
          "DuckDB did not start: " + DuckDbErrors.firstLine(e),
          "run millrace doctor; the native library of DuckDB must be loadable from the temp folder",
          e);
    }
  }

  private void confine(List<Path> folders) throws SQLException {
    String allowed =
        folders.stream()
            .map(folder -> DuckDbTypes.text(folder.toAbsolutePath().normalize() + "/"))
            .collect(Collectors.joining(", "));
    try (Statement statement = root.createStatement()) {
      statement.execute("SET GLOBAL allowed_directories = [" + allowed + "]");
      statement.execute("SET GLOBAL enable_external_access = false");
      statement.execute("SET GLOBAL lock_configuration = true");
    }
  }

  @Override
  public SqlSession session() {
    try {
      return new DuckDbSession(root.duplicate(), scratch, files);
    } catch (SQLException e) {
      throw new MillraceException(
          ErrorCode.SQL,
          "DuckDB opened no session: " + DuckDbErrors.firstLine(e),
          "start Millrace anew",
          e);
    }
  }

  @Override
  public long rowsAtOnce() {
    return memoryBytes / ROW_BYTES;
  }

  @Override
  public SqlEngine apart() {
    return new DuckDbEngine(scratch, memoryBytes, threads, files, List.of(), inOrder);
  }

  @Override
  public void close() {
    try {
      root.close();
    } catch (SQLException e) {
      throw new MillraceException(
          ErrorCode.SQL, "DuckDB did not close: " + DuckDbErrors.firstLine(e), "none is needed", e);
    }
  }
}
