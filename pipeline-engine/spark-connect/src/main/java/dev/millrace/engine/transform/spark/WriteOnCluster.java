package dev.millrace.engine.transform.spark;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.ClusterFiles;
import dev.millrace.engine.lake.FileFooters;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.store.DurableFiles;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.transform.FileLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets the cluster write a query's rows as Parquet files into a place apart; then, when all of
/// them are whole, takes them over to where they belong, under names of their own.
///
/// The cluster counts the rows it writes, and the files must hold as many: a place that is not
/// shared, or a file that got lost on the way, is an error and never a smaller table. A failure
/// leaves nothing in the table's folders.
final class WriteOnCluster {

  private static final Logger log = LoggerFactory.getLogger(WriteOnCluster.class);

  /// Names the folders of a partitioned write, beside the column itself, which stays in the files.
  private static final String PART = "millrace_part";

  /// Names the folders below them, one per stretch of time.
  private static final String STRETCH = "millrace_stretch";

  private static final String ROWS = "rows";

  private final ClusterFiles files;
  private final FileFooters footers;

  WriteOnCluster(ClusterFiles files, FileFooters footers) {
    this.files = files;
    this.footers = footers;
  }

  List<LakeFile> write(
      Dataset<Row> query,
      Schema schema,
      FileLayout layout,
      Function<Optional<LocalDate>, Path> folder) {
    List<LakeFile> moved = new ArrayList<>();
    try (ClusterFiles.Staging staging = files.staging()) {
      long counted = onCluster(query, schema, layout, staging.address());
      List<LakeFile> staged = staged(staging.take(), schema, layout.partition());
      refuseLoss(counted, staged, staging.address());
      Set<Path> folders = new LinkedHashSet<>();
      for (LakeFile file : staged) {
        Path target = folder.apply(file.partitionValue());
        moved.add(move(file, target));
        folders.add(target);
      }
      for (Path touched : folders) {
        DurableFiles.forceFolder(touched);
      }
      return moved;
    } catch (IOException e) {
      moved.forEach(f -> deleteQuietly(f.path()));
      throw new MillraceException(
          ErrorCode.FILE,
          "Data files that Spark wrote could not be taken over: " + e,
          "see that the disk has room and that both Spark and Millrace may write the lake's"
              + " folder; nothing was changed",
          e);
    } catch (RuntimeException e) {
      moved.forEach(f -> deleteQuietly(f.path()));
      throw e;
    }
  }

  /// @return the rows that Spark counted while it wrote them
  private static long onCluster(
      Dataset<Row> query, Schema schema, FileLayout layout, String address) {
    Dataset<Row> rows =
        query.selectExpr(schema.columns().stream().map(SparkTypes::cast).toArray(String[]::new));
    List<String> parts = new ArrayList<>();
    if (layout.partition().isPresent()) {
      rows = rows.withColumn(PART, functions.col(SparkTypes.name(layout.partition().get())));
      parts.add(PART);
    }
    if (layout.stretch().isPresent()) {
      rows = rows.withColumn(STRETCH, functions.expr(number(layout.stretch().get())));
      parts.add(STRETCH);
    }
    // Files of even size, a set per date and stretch, rather than a small file per task and date.
    Dataset<Row> even = rows.hint("rebalance", parts.stream().map(functions::col).toArray());
    Observation observation = new Observation();
    DataFrameWriter<Row> writer =
        even.observe(observation, functions.count(functions.lit(1)).as(ROWS))
            .write()
            .option("compression", "zstd");
    writer.partitionBy(parts.toArray(String[]::new)).parquet(address);
    try {
      return observation.getAsJava().get(ROWS) instanceof Long n ? n : 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MillraceException(
          ErrorCode.CANCELLED, "Interrupted", "nothing was changed; run it again", e);
    }
  }

  /// The number of the stretch a row lies in; a row without a time has none, which is one too.
  private static String number(FileLayout.Stretch stretch) {
    String micros = "unix_micros(" + SparkTypes.name(stretch.column()) + ")";
    return "(%1$s - pmod(%1$s, %2$dL)) div %2$dL".formatted(micros, stretch.micros());
  }

  /// The files with rows, as they were written.
  private List<LakeFile> staged(
      Map<String, Path> written, Schema schema, Optional<String> partition) {
    List<LakeFile> staged = new ArrayList<>();
    long homeless = 0;
    for (Map.Entry<String, Path> each : written.entrySet()) {
      LakeFile file = footers.read(each.getValue(), schema, Optional.empty());
      Optional<String> date = partition.map(_ -> date(each.getKey()));
      if (file.rows() == 0) {
        continue;
      }
      if (date.isPresent() && date.get().startsWith("__HIVE_DEFAULT")) {
        homeless += file.rows();
        continue;
      }
      staged.add(
          new LakeFile(
              file.path(),
              file.rows(),
              file.bytes(),
              date.map(LocalDate::parse),
              file.statistics()));
    }
    if (homeless > 0) {
      String column = partition.orElseThrow();
      throw new MillraceException(
          ErrorCode.SQL,
          homeless + " rows have no " + column + ", by which the table is partitioned",
          "let the SQL give every row a " + column + ", or leave such rows out");
    }
    return staged;
  }

  /// The date in `millrace_part=2026-03-01/part-….parquet`.
  private static String date(String name) {
    int from = name.indexOf('=');
    int to = name.indexOf('/', from + 1);
    if (!name.startsWith(PART) || from < 0 || to < 0) {
      throw new IllegalStateException("Spark wrote " + name + " outside of a partition");
    }
    return name.substring(from + 1, to);
  }

  private static void refuseLoss(long counted, List<LakeFile> staged, String address) {
    long found = staged.stream().mapToLong(LakeFile::rows).sum();
    if (found != counted) {
      throw new MillraceException(
          ErrorCode.LAKE,
          "Spark wrote " + counted + " rows to " + address + ", and here are " + found + " of them",
          "let the cluster and Millrace reach the same lake, and let spark.lake say where it lies"
              + " there; nothing was changed");
    }
  }

  /// Under a name of its own: Spark's names differ only within one folder.
  private static LakeFile move(LakeFile staged, Path folder) throws IOException {
    Path target = folder.resolve("part-" + UUID.randomUUID() + ".zstd.parquet");
    DurableFiles.force(staged.path());
    Files.move(staged.path(), target);
    return new LakeFile(
        target, staged.rows(), staged.bytes(), staged.partitionValue(), staged.statistics());
  }

  private static void deleteQuietly(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      log.warn("{} is left behind; no table reads it", path, e);
    }
  }
}
