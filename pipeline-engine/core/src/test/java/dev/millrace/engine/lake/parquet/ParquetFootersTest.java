package dev.millrace.engine.lake.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.ColumnStatistics;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.SqlSession;
import dev.millrace.engine.transform.duckdb.DuckDbEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetFootersTest {

  private static final Schema SCHEMA =
      Schema.of(
          Column.optional("text", ColumnType.STRING),
          Column.optional("flag", ColumnType.BOOLEAN),
          Column.optional("small", ColumnType.INT),
          Column.optional("large", ColumnType.BIGINT),
          Column.optional("value", ColumnType.DOUBLE),
          Column.optional("moment", ColumnType.TIMESTAMP),
          Column.optional("day", ColumnType.DATE),
          Column.optional("none", ColumnType.DOUBLE));

  @TempDir Path folder;

  /// DuckDB writes row groups of 122,880 rows, so that several are put together.
  @Test
  void aFooterTellsWhatItsWriterTold() throws IOException {
    LakeFile written = written("SELECT i FROM range(300000) AS r(i)");

    LakeFile read = new ParquetFooters().read(written.path(), SCHEMA, Optional.empty());

    assertThat(read).isEqualTo(written);
    assertThat(read.statistics())
        .containsEntry(
            "value", new ColumnStatistics(Optional.of(-149999.5), Optional.of(149999.0), 30_000))
        .containsEntry("none", new ColumnStatistics(Optional.empty(), Optional.empty(), 300_000));
  }

  @Test
  void aBoundThatIsNoNumberIsLeftOut() throws IOException {
    LakeFile written = written("SELECT i FROM range(3) AS r(i)", "CAST('NaN' AS double) AS value");

    LakeFile read = new ParquetFooters().read(written.path(), SCHEMA, Optional.empty());

    assertThat(read.statistics().get("value"))
        .isEqualTo(new ColumnStatistics(Optional.empty(), Optional.empty(), 0));
  }

  @Test
  void aColumnThatAnotherTypeIsWantedOfHasNoBounds() throws IOException {
    LakeFile written = written("SELECT i FROM range(3) AS r(i)");
    Schema other =
        Schema.of(
            Column.optional("small", ColumnType.DOUBLE),
            Column.optional("added", ColumnType.DOUBLE));

    LakeFile read = new ParquetFooters().read(written.path(), other, Optional.empty());

    assertThat(read.statistics())
        .containsOnlyKeys("small")
        .containsEntry("small", new ColumnStatistics(Optional.empty(), Optional.empty(), 0));
  }

  @Test
  void whatIsNoWholeFileIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(written("SELECT i FROM range(3) AS r(i)").path());
    for (int length : new int[] {0, 3, 12, whole.length / 2, whole.length - 1}) {
      Path cut = Files.write(folder.resolve("cut.parquet"), Arrays.copyOf(whole, length));

      assertThatThrownBy(() -> new ParquetFooters().read(cut, SCHEMA, Optional.empty()))
          .as("%d bytes", length)
          .isInstanceOfSatisfying(
              MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FILE))
          .hasMessageContaining("cut.parquet");
    }
  }

  private LakeFile written(String numbers) throws IOException {
    return written(
        numbers,
        "CASE WHEN i % 10 = 3 THEN NULL ELSE i / 1e0 - 149999.5 - (i % 2) / 2e0 END AS value");
  }

  private LakeFile written(String numbers, String value) throws IOException {
    Path target = Files.createDirectories(folder.resolve("table"));
    try (SqlEngine engine = new DuckDbEngine(folder.resolve("tmp"), 1L << 30, 1);
        SqlSession session = engine.session()) {
      return session
          .write(
              "SELECT CAST(i AS string) AS text, i % 2 = 0 AS flag, CAST(i AS int) AS small,"
                  + " -i AS large, "
                  + value
                  + ", timestamp_micros(1767225600123456 + i) AS moment,"
                  + " CAST(timestamp_micros(i * 1000000000) AS date) AS day, CAST(NULL AS double)"
                  + " AS none FROM ("
                  + numbers
                  + ") AS t",
              SCHEMA,
              Optional.empty(),
              _ -> target)
          .getFirst();
    }
  }
}
