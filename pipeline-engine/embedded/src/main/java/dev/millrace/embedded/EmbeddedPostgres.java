package dev.millrace.embedded;

import dev.millrace.engine.model.Progress;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import org.postgresql.ds.PGSimpleDataSource;

/// A PostgreSQL server of its own process on one data directory, answering on 127.0.0.1 to one user
/// with a password.
///
/// Durable: `fsync`, `synchronous_commit` and `full_page_writes` are on. A hard kill of this JVM
/// ends it too ({@link ServerKeeper}); one that lives on all the same is found and stopped at the
/// next start ({@link #stopOrphan}). One thread starts and closes it.
public final class EmbeddedPostgres implements AutoCloseable {

  static final String USER = "millrace";
  static final String DATABASE = "millrace";

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final long LOG_LIMIT_BYTES = 4 << 20;
  private static final int LOG_TAIL_LINES = 15;

  private final Path data;
  private final PostgresProgram program;
  private final int port;
  private final String password;
  private final long pid;
  private final Optional<ProcessHandle> process;
  private final ServerKeeper keeper;

  private EmbeddedPostgres(
      Path data, PostgresProgram program, int port, String password, long pid) {
    this.data = data;
    this.program = program;
    this.port = port;
    this.password = password;
    this.pid = pid;
    this.process = ProcessHandle.of(pid);
    this.keeper = ServerKeeper.of(pid);
  }

  /// Starts a server, making its data and password first when there are none; ready when it
  /// returns.
  ///
  /// @param folder holds `data`, `password` and `postgres.log`; it exists
  static EmbeddedPostgres start(Path folder, PostgresBinaries binaries, int port) {
    PostgresProgram program = program(folder, binaries);
    Path data = folder.resolve("data");
    try {
      program.checkUser();
      String password = password(folder, data);
      if (!Files.exists(data)) {
        makeData(folder, data, program);
      }
      Files.writeString(data.resolve("millrace.conf"), configuration(port));
      long pid = launch(folder, data, program);
      EmbeddedPostgres server = new EmbeddedPostgres(data, program, port, password, pid);
      boolean ready = false;
      try {
        server.makeDatabase();
        ready = true;
      } finally {
        if (!ready) {
          server.close();
        }
      }
      return server;
    } catch (IOException e) {
      throw ServiceErrors.fileFailed("Starting PostgreSQL", folder, e);
    }
  }

  /// Ends a server that a killed owner left behind on this folder's data, in order (rolling back
  /// what was open); does nothing when there is none. The caller holds the home's lock.
  static void stopOrphan(Path folder, PostgresBinaries binaries) {
    Path data = folder.resolve("data");
    try {
      Optional<PostmasterFile> postmaster = PostmasterFile.read(data);
      if (postmaster.isEmpty()) {
        return;
      }
      long pid = postmaster.get().pid();
      boolean stop =
          switch (postmaster.get().holder(data)) {
            case GONE -> false;
            case SERVER -> true;
            case STRANGER -> {
              Files.delete(PostmasterFile.in(data));
              yield false;
            }
            case UNKNOWN -> {
              if (!servesOurs(folder, data, postmaster.get().port())) {
                throw ServiceErrors.strangerHoldsData(pid, PostmasterFile.in(data));
              }
              yield true;
            }
          };
      if (stop) {
        stop(program(folder, binaries), data);
      }
    } catch (IOException e) {
      throw ServiceErrors.fileFailed("Looking for a server left behind", data, e);
    }
  }

  static String jdbcUrl(int port) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE;
  }

  /// The password of the folder's database, or empty when it has none yet.
  static Optional<String> readPassword(Path folder) throws IOException {
    try {
      return Optional.of(Files.readString(folder.resolve("password")).strip());
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  /// Whether the server on the port lets us in and works on this data directory.
  static boolean servesOurs(Path folder, Path data, int port) throws IOException {
    Optional<String> password = readPassword(folder);
    if (password.isEmpty() || port == 0) {
      return false;
    }
    try (Connection connection = source(port, password.get(), DATABASE).getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW data_directory")) {
      return row.next() && Files.isSameFile(Path.of(row.getString(1)), data);
    } catch (SQLException _) {
      return false;
    }
  }

  public String jdbcUrl() {
    return jdbcUrl(port);
  }

  public String user() {
    return USER;
  }

  public String password() {
    return password;
  }

  public int port() {
    return port;
  }

  /// Process id of the server.
  public long pid() {
    return pid;
  }

  /// Whether its process runs; told without asking it.
  public boolean alive() {
    return process.filter(Processes::runs).isPresent();
  }

  /// Starts the server again on the same data and port after its process has ended without having
  /// been closed; ready when it returns. This one is over then.
  ///
  /// @param progress cancelling it ends the wait for the ended server's own processes
  EmbeddedPostgres restarted(Progress progress) {
    keeper.close();
    awaitNobodyIn(data, progress);
    progress.report("Starting PostgreSQL", 0, 0);
    return start(folder(), program.binaries(), port);
  }

  /// The processes that served the ended server's connections end by themselves when they notice.
  /// The data is not touched before.
  private static void awaitNobodyIn(Path data, Progress progress) {
    if (!Processes.tellsFolders()) {
      // PostgreSQL itself refuses to start beside them.
      return;
    }
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (Processes.anyWorksIn(data)) {
      progress.report("Waiting for the ended server's processes", 0, 0);
      if (progress.cancelled()) {
        throw ServiceErrors.cancelled();
      }
      if (System.nanoTime() >= deadline) {
        throw ServiceErrors.leftBehind(data, PATIENCE);
      }
      try {
        Thread.sleep(POLL);
      } catch (InterruptedException e) {
        throw ServiceErrors.interrupted(e);
      }
    }
    try {
      // PostgreSQL would take an ended process that nobody has asked about for a living one.
      Files.deleteIfExists(PostmasterFile.in(data));
    } catch (IOException e) {
      throw ServiceErrors.fileFailed("Starting PostgreSQL again", data, e);
    }
  }

  private Path folder() {
    return Objects.requireNonNull(data.getParent());
  }

  /// Ends open connections, rolls back what they had open, and stops.
  @Override
  public void close() {
    if (alive()) {
      stop(program, data);
    }
    keeper.close();
  }

  private static void stop(PostgresProgram program, Path data) {
    PostgresProgram.Ended stopped =
        program.run(
            PATIENCE.plusSeconds(5),
            "pg_ctl",
            "stop",
            "-D",
            data.toString(),
            "-m",
            "fast",
            "-w",
            "-t",
            Long.toString(PATIENCE.toSeconds()));
    if (!stopped.well() && Files.exists(PostmasterFile.in(data))) {
      throw ServiceErrors.toolFailed("pg_ctl stop", stopped.output());
    }
  }

  private static PostgresProgram program(Path folder, PostgresBinaries binaries) {
    return new PostgresProgram(binaries, folder.resolve("program.log"));
  }

  private static String password(Path folder, Path data) throws IOException {
    Optional<String> known = readPassword(folder);
    if (known.isPresent()) {
      return known.get();
    }
    Path file = folder.resolve("password");
    if (Files.exists(data)) {
      throw ServiceErrors.passwordLost(file, data);
    }
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    PrivateFile.write(file, password + "\n");
    return password;
  }

  /// Makes the data beside and renames it when whole, so that a kill in between leaves no half
  /// data.
  private static void makeData(Path folder, Path data, PostgresProgram program) throws IOException {
    Path draft = folder.resolve("data.new");
    PostgresBinaries.deleteTree(draft);
    PostgresProgram.Ended made =
        program.run(
            PATIENCE,
            "initdb",
            "--pgdata=" + draft,
            "--username=" + USER,
            "--pwfile=" + folder.resolve("password"),
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8");
    if (!made.well()) {
      throw ServiceErrors.toolFailed("initdb", made.output());
    }
    Files.writeString(
        draft.resolve("postgresql.conf"),
        "\ninclude_if_exists = 'millrace.conf'\n",
        StandardOpenOption.APPEND);
    Files.move(draft, data, StandardCopyOption.ATOMIC_MOVE);
  }

  /// Settings written before every start; they override `postgresql.conf`.
  private static String configuration(int port) {
    return """
    # Written by Millrace at every start; own settings belong into postgresql.auto.conf.
    listen_addresses = '127.0.0.1'
    port = %d
    # A socket's path is limited to 107 characters; a home's is not.
    unix_socket_directories = ''
    password_encryption = 'scram-sha-256'
    fsync = on
    synchronous_commit = on
    full_page_writes = on
    max_connections = 60
    shared_buffers = '64MB'
    work_mem = '16MB'
    maintenance_work_mem = '64MB'
    max_wal_size = '1GB'
    checkpoint_timeout = '10min'
    max_parallel_workers_per_gather = 1
    jit = off
    timezone = 'UTC'
    log_timezone = 'UTC'
    log_min_messages = 'warning'
    log_min_error_statement = 'panic'
    """
        .formatted(port);
  }

  private static long launch(Path folder, Path data, PostgresProgram program) throws IOException {
    Path log = folder.resolve("postgres.log");
    if (Files.exists(log) && Files.size(log) > LOG_LIMIT_BYTES) {
      Files.move(log, folder.resolve("postgres.log.1"), StandardCopyOption.REPLACE_EXISTING);
    }
    long logBefore = Files.exists(log) ? Files.size(log) : 0;
    // pg_ctl gives the server a session of its own: Ctrl+C in the terminal ends us, and we end it.
    PostgresProgram.Ended started =
        program.run(
            PATIENCE.plusSeconds(5),
            "pg_ctl",
            "start",
            "-D",
            data.toString(),
            "-l",
            log.toString(),
            "-w",
            "-t",
            Long.toString(PATIENCE.toSeconds()));
    Optional<PostmasterFile> postmaster = PostmasterFile.read(data);
    if (!started.well() || postmaster.isEmpty()) {
      String said = tail(log, logBefore);
      throw ServiceErrors.postgresNotStarted(log, said.isBlank() ? started.output() : said);
    }
    return postmaster.get().pid();
  }

  private static String tail(Path log, long from) throws IOException {
    if (!Files.exists(log)) {
      return "";
    }
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      long start = Math.max(from, file.length() - 16_384);
      byte[] end = new byte[(int) (file.length() - start)];
      file.seek(start);
      file.readFully(end);
      String[] lines = new String(end, StandardCharsets.UTF_8).split("\n");
      int first = Math.max(0, lines.length - LOG_TAIL_LINES);
      return String.join("\n", Arrays.asList(lines).subList(first, lines.length));
    }
  }

  private void makeDatabase() {
    // One connection where there can be: the server's proof of the password is long to compute.
    try (Connection connection = source(port, password, DATABASE).getConnection()) {
      closeQueries(connection);
      return;
    } catch (SQLException e) {
      if (!"3D000".equals(e.getSQLState())) {
        throw ServiceErrors.postgresNotAnswering(jdbcUrl(), e);
      }
      try (Connection connection = source(port, password, "postgres").getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE DATABASE " + DATABASE);
      } catch (SQLException again) {
        throw ServiceErrors.postgresNotAnswering(jdbcUrl(), again);
      }
    }
    try (Connection connection = source(port, password, DATABASE).getConnection()) {
      closeQueries(connection);
    } catch (SQLException e) {
      throw ServiceErrors.postgresNotAnswering(jdbcUrl(), e);
    }
  }

  /// A person's query runs under a role that reads tables only, in a session of the superuser: by
  /// this function alone it could take the superuser's rights back within a SELECT.
  private static void closeQueries(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "REVOKE EXECUTE ON FUNCTION pg_catalog.set_config(text, text, boolean) FROM PUBLIC");
    }
  }

  private static PGSimpleDataSource source(int port, String password, String database) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {"127.0.0.1"});
    source.setPortNumbers(new int[] {port});
    source.setDatabaseName(database);
    source.setUser(USER);
    source.setPassword(password);
    source.setConnectTimeout(5);
    source.setLoginTimeout(10);
    return source;
  }
}
