package dev.millrace.engine.care;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.transform.SqlSession;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// SQL over real tables of two pipelines and their past.
class TableQueryTest {

  private static final LocalDate DAY = LocalDate.parse("2026-03-01");

  @TempDir Path folder;
  private CareHome home;
  private CareHome other;
  private Instant between;

  @BeforeEach
  void open() {
    home = new CareHome(folder.resolve("one"));
    other = new CareHome(folder.resolve("two"));
    home.append(DAY, 0, 10, 2);
    home.clock.pass(Duration.ofHours(1));
    between = home.clock.instant();
    home.clock.pass(Duration.ofHours(1));
    home.append(DAY, 10, 30, 2);
    other.append(DAY, 0, 7, 2);
  }

  @AfterEach
  void close() {
    home.close();
    other.close();
  }

  @Test
  void tablesStandUnderTheirNames() {
    assertThat(count("SELECT count(*) FROM bronze_sensor_events")).isEqualTo(30);
    assertThat(
            count(
                "SELECT count(bronze_sensor_events.value) FROM bronze_sensor_events WHERE"
                    + " bronze_sensor_events.kafka_offset < 5"))
        .isEqualTo(5);
    assertThat(count("SELECT count(*) FROM other_one.bronze_sensor_events")).isEqualTo(7);
    assertThat(
            count(
                "SELECT count(*) FROM bronze_sensor_events a JOIN other_one.bronze_sensor_events b"
                    + " USING (kafka_offset)"))
        .isEqualTo(7);
    assertThat(count("SELECT count(DISTINCT _source_file) FROM BRONZE_sensor_events_with_files"))
        .isEqualTo(2);
  }

  @Test
  void earlierVersionsStandBesideTheNewest() {
    assertThat(count("SELECT count(*) FROM bronze_sensor_events VERSION AS OF 1")).isEqualTo(10);
    assertThat(count("SELECT count(*) FROM bronze_sensor_events VERSION AS OF 0")).isZero();
    assertThat(
            count(
                "SELECT count(*) FROM bronze_sensor_events n ANTI JOIN bronze_sensor_events"
                    + " version  as of 1 AS o USING (kafka_offset)"))
        .isEqualTo(20);
    assertThat(count("SELECT count(*) FROM bronze_sensor_events TIMESTAMP AS OF '" + between + "'"))
        .isEqualTo(10);
  }

  @Test
  void aTimeCountsForAllTablesThatSayNothingElse() {
    assertThat(count("SELECT count(*) FROM bronze_sensor_events", Optional.of(between)))
        .isEqualTo(10);
    assertThat(
            count(
                "SELECT count(*) FROM bronze_sensor_events VERSION AS OF 2", Optional.of(between)))
        .isEqualTo(30);
  }

  @Test
  void aVersionIsReadByTheColumnsItHad() {
    home.carryOut(
        new CareOrder.Evolve(
            CareHome.BRONZE,
            List.of(
                new SchemaChange.Rename("location", "place"),
                new SchemaChange.Add("battery", ColumnType.DOUBLE))));

    assertThat(count("SELECT count(location) FROM bronze_sensor_events VERSION AS OF 2"))
        .isEqualTo(30);
    assertThat(count("SELECT count(place) - count(battery) FROM bronze_sensor_events"))
        .isEqualTo(30);
  }

  @Test
  void namesInTextsAndCommentsAreLeftAlone() {
    try (SqlSession session = home.engine.session()) {
      String text =
          "SELECT 'bronze_sensor_events VERSION AS OF 1' -- other_one.bronze_sensor_events\n,"
              + " \"bronze_sensor_events VERSION AS OF 1\" /* bronze_sensor_events */";
      assertThat(query(Optional.empty()).prepare(text, session)).isEqualTo(text);
    }
  }

  @Test
  void aVersionThatIsNotThereIsSaid() {
    for (String when :
        List.of("VERSION AS OF 3", "TIMESTAMP AS OF '2020-01-01'", "TIMESTAMP AS OF 'yesterday'")) {
      assertThatThrownBy(() -> count("SELECT count(*) FROM bronze_sensor_events " + when))
          .as(when)
          .isInstanceOfSatisfying(
              MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE));
    }
    home.carryOut(
        new CareOrder.Optimize(
            CareHome.BRONZE, 1 << 20, List.of(), Optional.empty(), Optional.empty()));
    home.clock.pass(Duration.ofDays(8));
    home.carryOut(new CareOrder.Vacuum(CareHome.BRONZE, Duration.ofDays(7), false));
    assertThatThrownBy(() -> count("SELECT count(*) FROM bronze_sensor_events VERSION AS OF 2"))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("deleted by a vacuum or an erasure");
  }

  private TableQuery query(Optional<Instant> at) {
    return new TableQuery(
        Map.of("building-sensors", () -> home.lake, "other-one", () -> other.lake),
        "building-sensors",
        at);
  }

  private long count(String sql) {
    return count(sql, Optional.empty());
  }

  private long count(String sql, Optional<Instant> at) {
    try (SqlSession session = home.engine.session()) {
      return CareHome.number(session, query(at).prepare(sql, session));
    }
  }
}
