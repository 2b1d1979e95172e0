package dev.millrace.engine.transform.duckdb;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.transform.FileLayout;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes the rows of a query as Parquet files: first into a scratch folder, then, when all of them
/// are whole, moved to where they belong and forced to disk. A failure leaves nothing in the
/// table's folders.
final class WriteParquet {

  private static final Logger log = LoggerFactory.getLogger(WriteParquet.class);

  /// Files of a table without partitions are split about here.
  private static final String FILE_SIZE = "FILE_SIZE_BYTES '256MB'";

  private static final long GROUP_ROWS = 122_880;
  private static final long VECTOR_ROWS = 2048;

  private static final String DATE = "_date";
  private static final String STRETCH = "_stretch";
  private static final String APART = "_apart";

  private final DuckDbSession session;
  private final Path scratch;
  private final String fileSize;

  WriteParquet(DuckDbSession session, Path scratch) {
    this(session, scratch, FILE_SIZE);
  }

  WriteParquet(DuckDbSession session, Path scratch, String fileSize) {
    this.session = session;
    this.scratch = scratch;
    this.fileSize = fileSize;
  }

  /// The option for files of about so many rows: of whole row groups, none larger than usual.
  static String filesOf(long fileRows) {
    long groups = Math.max(1, Math.ceilDiv(fileRows, GROUP_ROWS));
    long rows = Math.ceilDiv(Math.max(1, fileRows / groups), VECTOR_ROWS) * VECTOR_ROWS;
    return "ROW_GROUP_SIZE " + Math.min(rows, GROUP_ROWS) + ", ROW_GROUPS_PER_FILE " + groups;
  }

  List<LakeFile> write(
      String sql, Schema schema, FileLayout layout, Function<Optional<LocalDate>, Path> folder) {
    List<LakeFile> moved = new ArrayList<>();
    Path staging = null;
    try {
      staging = Files.createTempDirectory(scratch, "write-");
      List<LakeFile> staged = copy(sql, schema, layout, staging);
      for (LakeFile file : staged) {
        moved.add(move(file, folder.apply(file.partitionValue())));
      }
      Set<Path> folders = new LinkedHashSet<>();
      for (LakeFile file : moved) {
        force(file.path(), StandardOpenOption.WRITE);
        folders.add(parent(file.path()));
      }
      for (Path touched : folders) {
        forceFolder(touched);
      }
      return moved;
    } catch (IOException e) {
      moved.forEach(f -> deleteQuietly(f.path()));
      throw new MillraceException(
          ErrorCode.FILE,
          "Data files could not be written: " + e,
          "see that the disk has room and that the lake's folder can be written; nothing was"
              + " changed",
          e);
    } catch (RuntimeException e) {
      moved.forEach(f -> deleteQuietly(f.path()));
      throw e;
    } finally {
      if (staging != null) {
        deleteTree(staging);
      }
    }
  }

  private List<LakeFile> copy(String sql, Schema schema, FileLayout layout, Path staging) {
    // One line of ours, then the author's text, so that errors name the author's lines.
    String statement =
        "COPY (SELECT %s%s FROM (\n%s\n)) TO %s (FORMAT parquet, COMPRESSION zstd, %s, FILENAME_PATTERN 'part-{uuidv7}', RETURN_STATS)"
            .formatted(
                DuckDbTypes.casts(schema.columns()),
                layout.partition().isPresent() ? ", " + places(layout) : "",
                sql,
                DuckDbTypes.text(staging.resolve("out").toString()),
                layout
                    .partition()
                    .map(_ -> "PARTITION_BY (" + DATE + ", " + STRETCH + ", " + APART + ")")
                    .orElse(fileSize));
    List<LakeFile> files = new ArrayList<>();
    session.run(
        statement,
        1,
        results -> {
          while (results.next()) {
            long rows = results.getLong("count");
            if (rows == 0) {
              continue;
            }
            Optional<LocalDate> value = Optional.empty();
            if (layout.partition().isPresent()) {
              value =
                  Optional.of(
                      date(layout.partition().get(), results.getObject("partition_keys"), rows));
            }
            files.add(
                new LakeFile(
                    Path.of(results.getString("filename")),
                    rows,
                    results.getLong("file_size_bytes"),
                    value,
                    FileStatistics.of(schema, results.getObject("column_statistics"))));
          }
        });
    return files;
  }

  /// Date and stretch of a row and whether it is kept apart, beside its columns; they name its file
  /// and are not in it.
  private static String places(FileLayout layout) {
    String date =
        DuckDbTypes.cast(DuckDbTypes.name(layout.partition().orElseThrow()), ColumnType.DATE);
    String stretch =
        layout
            .stretch()
            .map(
                s -> {
                  String micros = "epoch_us(" + DuckDbTypes.name(s.column()) + ")";
                  return "coalesce((%1$s - (%1$s %% %2$d + %2$d) %% %2$d) // %2$d, 0)"
                      .formatted(micros, s.micros());
                })
            .orElse("0");
    String apart = layout.carriedApart() ? DuckDbTypes.name(FileLayout.CARRIED) : "0";
    return "%s AS %s, %s AS %s, %s AS %s".formatted(date, DATE, stretch, STRETCH, apart, APART);
  }

  private static LocalDate date(String column, Object keys, long rows) {
    Object value = keys instanceof Map<?, ?> map ? map.get(DATE) : null;
    if (value == null) {
      throw new MillraceException(
          ErrorCode.SQL,
          rows + " rows have no " + column + ", by which the table is partitioned",
          "let the SQL give every row a " + column + ", or leave such rows out");
    }
    return LocalDate.parse(value.toString());
  }

  private static LakeFile move(LakeFile staged, Path folder) throws IOException {
    Path target = folder.resolve(staged.path().getFileName());
    Files.move(staged.path(), target);
    return new LakeFile(
        target, staged.rows(), staged.bytes(), staged.partitionValue(), staged.statistics());
  }

  private static void force(Path path, StandardOpenOption option) throws IOException {
    try (FileChannel channel = FileChannel.open(path, option)) {
      channel.force(true);
    }
  }

  /// A name is durable only once its folder is.
  private static void forceFolder(Path folder) throws IOException {
    if (!System.getProperty("os.name", "").startsWith("Windows")) {
      force(folder, StandardOpenOption.READ);
    }
  }

  private static Path parent(Path file) {
    Path parent = file.getParent();
    return parent == null ? file.toAbsolutePath() : parent;
  }

  private static void deleteQuietly(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      log.warn("{} is left behind; no table reads it", path, e);
    }
  }

  private static void deleteTree(Path root) {
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, java.io.IOException failure)
                throws IOException {
              if (failure != null) {
                throw failure;
              }
              Files.delete(folder);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      log.warn("The scratch folder {} is left behind", root, e);
    }
  }
}
