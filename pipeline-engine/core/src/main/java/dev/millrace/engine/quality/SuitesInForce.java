package dev.millrace.engine.quality;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.PipelineFolder;
import dev.millrace.engine.pipeline.Pipelines;
import dev.millrace.engine.pipeline.SuiteSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The suites that the tables of a pipeline are judged by: those its definition names, and before
/// them those that were put in force since, kept as files of the home.
///
/// Every look reads the files anew, so that an edited or accepted suite counts from the next
/// judging on, whatever process wrote it. Safe for any thread.
public final class SuitesInForce {

  private static final String ENDING = ".json";

  private final Pipeline pipeline;
  private final Home home;
  private volatile Map<TableName, SuiteSource> known;

  /// @throws MillraceException `FILE` when files of the home cannot be read
  public SuitesInForce(Pipeline pipeline, Home home) {
    this.pipeline = pipeline;
    this.home = home;
    this.known = read();
  }

  /// As they are now.
  ///
  /// @throws MillraceException `FILE` when one cannot be read
  public Map<TableName, SuiteSource> all() {
    known = read();
    return known;
  }

  /// As they were at the last look, which costs nothing.
  public Map<TableName, SuiteSource> known() {
    return known;
  }

  /// Whether a suite is one that was put in force, and so can be reverted to the definition's own.
  public static boolean wasAccepted(SuiteSource suite) {
    return Path.of(suite.file()).isAbsolute();
  }

  /// The suite of a table as it is now; empty when it has none.
  ///
  /// @throws MillraceException `FILE` when it cannot be read
  public Optional<SuiteSource> of(TableName table) {
    return Optional.ofNullable(all().get(table));
  }

  /// Puts a suite in force for a table, in the place of the one it has. The definition stays as it
  /// is. A crash leaves the suite that was in force or this one.
  ///
  /// @param schema of the table, which the suite's columns and values must fit; empty when it is
  ///   not there yet
  /// @param trial of each expectation that is well-formed
  /// @throws MillraceException `USAGE` when the pipeline has no such table, `DEFINITION` with every
  ///   fault of the suite, `FILE` when it cannot be kept; nothing is written then
  public SuiteSource accept(
      TableName table, SuiteSource suite, Optional<Schema> schema, SuiteTrial trial) {
    Set<TableName> tables = KnownTables.defined(pipeline);
    if (!tables.contains(table)) {
      throw KnownTables.unknown(pipeline, table);
    }
    var _ = CheckSuite.of(suite, schema, tables, trial);
    Path file = file(table);
    try {
      Files.createDirectories(folder());
      Path draft = Files.createTempFile(folder(), "." + table, ".draft");
      Files.writeString(draft, suite.json(), StandardCharsets.UTF_8);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new MillraceException(
          ErrorCode.FILE,
          "The suite of "
              + table
              + " could not be kept in "
              + file
              + ": "
              + e.getMessage()
              + ". The one that was in force still is",
          "give the folder write access and try again",
          e);
    }
    all();
    return new SuiteSource(file.toString(), suite.json());
  }

  /// Goes back to the suite that the definition names, if there is one.
  ///
  /// @return whether another was in force
  /// @throws MillraceException `USAGE` when the pipeline has no such table, `FILE` when it cannot
  ///   be taken away
  public boolean revert(TableName table) {
    if (!KnownTables.defined(pipeline).contains(table)) {
      throw KnownTables.unknown(pipeline, table);
    }
    try {
      boolean was = Files.deleteIfExists(file(table));
      all();
      return was;
    } catch (IOException e) {
      throw new MillraceException(
          ErrorCode.FILE,
          "The suite of " + table + " could not be taken away: " + e.getMessage(),
          "give " + folder() + " write access and try again",
          e);
    }
  }

  private Path folder() {
    return home.suites(pipeline.name());
  }

  private Path file(TableName table) {
    return folder().resolve(table + ENDING);
  }

  private Map<TableName, SuiteSource> read() {
    Map<TableName, SuiteSource> suites = new LinkedHashMap<>();
    Optional<PipelineFolder> defined = defined();
    pipeline.suites().forEach((table, suite) -> suites.put(table, anew(suite, defined)));
    suites.putAll(accepted());
    return Map.copyOf(suites);
  }

  /// The folder of the definition; empty when the pipeline came from elsewhere.
  private Optional<PipelineFolder> defined() {
    return new Pipelines(home)
        .listed().stream()
            .filter(listed -> listed.name().equals(pipeline.name()))
            .map(Pipelines.Listed::folder)
            .findFirst();
  }

  /// The file as it is now; as it was read at first where it is gone.
  private static SuiteSource anew(SuiteSource suite, Optional<PipelineFolder> folder) {
    if (folder.isEmpty()) {
      return suite;
    }
    try {
      return folder
          .get()
          .bytes(suite.file())
          .map(bytes -> new SuiteSource(suite.file(), new String(bytes, StandardCharsets.UTF_8)))
          .orElse(suite);
    } catch (IOException e) {
      throw unreadable(folder.get().shown(suite.file()), e);
    }
  }

  private Map<TableName, SuiteSource> accepted() {
    Map<TableName, SuiteSource> accepted = new HashMap<>();
    if (!Files.isDirectory(folder())) {
      return accepted;
    }
    try (Stream<Path> files = Files.list(folder())) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(ENDING)) {
          Optional<TableName> table =
              TableName.parse(name.substring(0, name.length() - ENDING.length()));
          if (table.isPresent()) {
            accepted.put(
                table.get(),
                new SuiteSource(file.toString(), Files.readString(file, StandardCharsets.UTF_8)));
          }
        }
      }
      return accepted;
    } catch (NoSuchFileException _) {
      // Taken back between the look at the folder and at the file.
      return accepted();
    } catch (IOException e) {
      throw unreadable(folder().toString(), e);
    }
  }

  private static MillraceException unreadable(String what, IOException cause) {
    return new MillraceException(
        ErrorCode.FILE,
        "Suites in " + what + " cannot be read: " + cause.getMessage(),
        "mend its rights",
        cause);
  }
}
