package dev.millrace.engine.care;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.LakeFiles;
import dev.millrace.engine.transform.NestedValue;
import dev.millrace.engine.transform.duckdb.DuckDbEngine;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A person's SQL over real tables: it reads them, and nothing else.
class AskTablesTest {

  @TempDir Path folder;
  private CareHome home;

  @BeforeEach
  void open() {
    home = new CareHome(folder.resolve("home"));
    home.append(LocalDate.parse("2026-03-01"), 0, 10, 2);
  }

  @AfterEach
  void close() {
    home.close();
  }

  @Test
  void aQueryReadsTables() {
    String sql =
        "(select count(*) as n, ';' as s from bronze_sensor_events) -- of two sensors; all\n;";
    assertThat(rows(sql)).containsExactly(Map.of("n", 10L, "s", ";"));
    assertThat(rows("WITH s AS (FROM bronze_sensor_events) SELECT max(kafka_offset) AS n FROM s"))
        .containsExactly(Map.of("n", 9L));
    assertThat(rows("from bronze_sensor_events version as of 0")).isEmpty();
  }

  @Test
  void allDigitsAreKept() {
    assertThat(
            rows(
                "select sum(9223372036854775807 - kafka_offset) as h, 18446744073709551615::ubigint as u,"
                    + " 12345678901234567890123456789.123456789::decimal(38,9) as d"
                    + " from bronze_sensor_events"))
        .containsExactly(
            Map.of(
                "h",
                new BigInteger("92233720368547758025"),
                "u",
                new BigInteger("18446744073709551615"),
                "d",
                new BigDecimal("12345678901234567890123456789.123456789")));
  }

  @Test
  void whatIsNestedStaysSo() {
    Map<String, Object> row =
        rows("select {'a': [1, 2::hugeint], 't': timestamptz '2026-03-01 00:00:00+00'} as s, map {'k': 1.50} as m")
            .getFirst();

    assertThat(NestedValue.json(row))
        .isEqualTo("{\"s\":{\"a\":[1,2],\"t\":\"2026-03-01T00:00:00Z\"},\"m\":{\"k\":1.50}}");
  }

  @Test
  void columnsOfOneNameAreToldApart() {
    assertThat(rows("select 1 as a, 2 as a, 3 as a_2, 4 as a").getFirst())
        .containsExactly(entry("a", 1), entry("a_3", 2), entry("a_2", 3), entry("a_4", 4));
  }

  @Test
  void aMissingTableIsToldWithWhereTheyAreListed() {
    assertThatThrownBy(() -> rows("select * from silver_raedings"))
        .isInstanceOfSatisfying(
            MillraceException.class, e -> assertThat(e.remedy()).contains("millrace table ls"));
    assertThatThrownBy(() -> rows("select * from bronze_sensor_event"))
        .isInstanceOfSatisfying(
            MillraceException.class,
            e ->
                assertThat(e.remedy())
                    .isEqualTo("did you mean bronze_sensor_events? nothing was changed"));
  }

  @Test
  void aDamagedFileIsToldWithItsTable() throws IOException {
    Path file = home.bronze().snapshot().files().getFirst().path();
    byte[] whole = Files.readAllBytes(file);

    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    assertDamaged(file, "is damaged: it has");
    byte[] other = whole.clone();
    Arrays.fill(other, 4, whole.length - 8, (byte) 7);
    Files.write(file, other);
    assertDamaged(file, "is damaged");
    Files.delete(file);
    assertDamaged(file, "is missing");
  }

  private void assertDamaged(Path file, String how) {
    assertThatThrownBy(() -> rows("select sum(value) from bronze_sensor_events"))
        .isInstanceOfSatisfying(
            MillraceException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.LAKE);
              assertThat(e.what()).contains(file.toString(), "table bronze.sensor_events", how);
              assertThat(e.remedy())
                  .contains("from a backup", "table restore bronze.sensor_events");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        ";",
        "-- nothing",
        "/* nothing */ ;",
        "DELETE FROM bronze_sensor_events",
        "update bronze_sensor_events set value = 0",
        "/* look */ drop view bronze_sensor_events",
        "INSERT INTO bronze_sensor_events SELECT * FROM bronze_sensor_events",
        "CREATE TABLE t AS SELECT 1",
        "COPY (SELECT 1) TO 'FOLDER/out.csv'",
        "ATTACH 'FOLDER/other.db'",
        "INSTALL httpfs",
        "SET enable_external_access = true",
        "SELECT 1; DROP VIEW bronze_sensor_events",
        "EXPORT DATABASE 'FOLDER'",
        "(DELETE FROM bronze_sensor_events)",
      })
  void whatIsNoQueryIsRefused(String sql) {
    assertRefused(sql);
    assertThat(folder.resolve("out.csv")).doesNotExist();
    assertThat(folder.resolve("other.db")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM read_csv('FOLDER/secret.csv')",
        "SELECT * FROM read_text('FOLDER/secret.csv')",
        "SELECT * FROM 'FOLDER/secret.csv'",
        "SELECT content FROM read_blob('FOLDER/home/lake/../../secret.csv')",
        "SELECT * FROM glob('FOLDER/*')",
        "SELECT * FROM query('FROM read_text(''FOLDER/secret.csv'')')",
      })
  void noOtherFileIsRead(String sql) throws IOException {
    Files.writeString(folder.resolve("secret.csv"), "a,b\n1,2\n");
    assertRefused(sql);
  }

  private void assertRefused(String sql) {
    assertThatThrownBy(() -> rows(sql.replace("FOLDER", folder.toString())))
        .isInstanceOfSatisfying(
            MillraceException.class,
            e -> {
              assertThat(e.code()).as(e.what()).isEqualTo(ErrorCode.USAGE);
              assertThat(e.remedy()).isNotBlank();
            });
  }

  private List<Map<String, Object>> rows(String sql) {
    TableQuery tables =
        new TableQuery(
            Map.of("building-sensors", () -> home.lake), "building-sensors", Optional.empty());
    return new AskTables(
            tables,
            () ->
                DuckDbEngine.confined(
                    folder.resolve("scratch"),
                    1L << 30,
                    1,
                    LakeFiles.inPlace(),
                    List.of(folder.resolve("home").resolve("lake"))))
        .rows(sql);
  }
}
