package dev.millrace.engine.transform.spark;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.FileFooters;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.model.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets the cluster write a query's rows as Parquet files, first into a scratch folder that both
/// sides reach; then, when all of them are whole, moves them to where they belong.
///
/// The cluster counts the rows it writes, and the files must hold as many: a scratch folder that is
/// not shared, or a file that got lost on the way, is an error and never a smaller table. A failure
/// leaves nothing in the table's folders.
final class WriteOnCluster {

  private static final Logger log = LoggerFactory.getLogger(WriteOnCluster.class);

  /// Names the folders of a partitioned write, beside the column itself, which stays in the files.
  private static final String PART = "_part";

  private final ClusterPaths paths;
  private final Path scratch;
  private final FileFooters footers;

  WriteOnCluster(ClusterPaths paths, Path scratch, FileFooters footers) {
    this.paths = paths;
    this.scratch = scratch;
    this.footers = footers;
  }

  List<LakeFile> write(
      Dataset<Row> query,
      Schema schema,
      Optional<String> partition,
      Function<Optional<LocalDate>, Path> folder) {
    Path staging = scratch.resolve("spark-" + UUID.randomUUID());
    List<LakeFile> moved = new ArrayList<>();
    try {
      long counted = onCluster(query, schema, partition, staging);
      List<LakeFile> staged = staged(staging, schema, partition);
      refuseLoss(counted, staged, staging);
      Set<Path> folders = new LinkedHashSet<>();
      for (LakeFile file : staged) {
        Path target = folder.apply(file.partitionValue());
        moved.add(move(file, target));
        folders.add(target);
      }
      for (Path touched : folders) {
        forceFolder(touched);
      }
      return moved;
    } catch (IOException | UncheckedIOException e) {
      moved.forEach(f -> deleteQuietly(f.path()));
      throw new MillraceException(
          ErrorCode.FILE,
          "Data files that Spark wrote could not be taken over: " + e,
          "see that the disk has room and that both Spark and Millrace may write the home's"
              + " folder; nothing was changed",
          e);
    } catch (RuntimeException e) {
      moved.forEach(f -> deleteQuietly(f.path()));
      throw e;
    } finally {
      deleteTree(staging);
    }
  }

  /// @return the rows that Spark counted while it wrote them
  private long onCluster(
      Dataset<Row> query, Schema schema, Optional<String> partition, Path staging) {
    Dataset<Row> rows =
        query.selectExpr(
            schema.columns().stream().map(SparkTypes::cast).toArray(String[]::new));
    // One file set per date of even size, rather than a small file per task and date.
    Dataset<Row> even =
        partition.isPresent()
            ? rows.hint("rebalance", functions.col(SparkTypes.name(partition.get())))
                .withColumn(PART, functions.col(SparkTypes.name(partition.get())))
            : rows.hint("rebalance");
    Observation observation = new Observation();
    var writer =
        even.observe(observation, functions.count(functions.lit(1)).as("n"))
            .write()
            .option("compression", "zstd");
    (partition.isPresent() ? writer.partitionBy(PART) : writer).parquet(paths.of(staging));
    try {
      return observation.getAsJava().get("n") instanceof Long n ? n : 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MillraceException(
          ErrorCode.CANCELLED, "Interrupted", "nothing was changed; run it again", e);
    }
  }

  /// The files with rows, as they were written.
  private List<LakeFile> staged(Path staging, Schema schema, Optional<String> partition)
      throws IOException {
    if (!Files.isDirectory(staging)) {
      return List.of();
    }
    List<Path> written;
    try (Stream<Path> all = Files.walk(staging)) {
      written = all.filter(WriteOnCluster::isData).sorted().toList();
    }
    List<LakeFile> files = new ArrayList<>();
    long homeless = 0;
    for (Path path : written) {
      Optional<LocalDate> value = Optional.empty();
      LakeFile file = footers.read(path, schema, value);
      if (file.rows() == 0) {
        continue;
      }
      if (partition.isPresent()) {
        String text = staging.relativize(path).getName(0).toString().substring(PART.length() + 1);
        if (text.startsWith("__HIVE_DEFAULT")) {
          homeless += file.rows();
          continue;
        }
        value = Optional.of(LocalDate.parse(text));
      }
      files.add(new LakeFile(path, file.rows(), file.bytes(), value, file.statistics()));
    }
    if (homeless > 0) {
      throw new MillraceException(
          ErrorCode.SQL,
          homeless
              + " rows have no "
              + partition.orElseThrow()
              + ", by which the table is partitioned",
          "let the SQL give every row a "
              + partition.orElseThrow()
              + ", or leave such rows out");
    }
    return files;
  }

  private static boolean isData(Path path) {
    String name = path.getFileName().toString();
    return name.endsWith(".parquet") && !name.startsWith(".") && !name.startsWith("_");
  }

  private void refuseLoss(long counted, List<LakeFile> staged, Path staging) {
    long found = staged.stream().mapToLong(LakeFile::rows).sum();
    if (found != counted) {
      throw new MillraceException(
          ErrorCode.LAKE,
          "Spark wrote "
              + counted
              + " rows to "
              + paths.of(staging)
              + ", and here are "
              + found
              + " of them",
          "share the home's folder with the cluster, and let spark.home say where it lies there;"
              + " nothing was changed");
    }
  }

  /// Under a name of its own: Spark's names differ only within one folder.
  private static LakeFile move(LakeFile staged, Path folder) throws IOException {
    Path target = folder.resolve("part-" + UUID.randomUUID() + ".zstd.parquet");
    force(staged.path(), StandardOpenOption.WRITE);
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
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      force(folder, StandardOpenOption.READ);
    }
  }

  private static void deleteQuietly(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      log.warn("{} is left behind; no table reads it", path, e);
    }
  }

  private static void deleteTree(Path root) {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> all = Files.walk(root)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException | UncheckedIOException e) {
      log.warn("The scratch folder {} is left behind", root, e);
    }
  }
}
