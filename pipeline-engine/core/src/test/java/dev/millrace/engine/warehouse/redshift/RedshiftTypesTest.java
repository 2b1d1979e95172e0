package dev.millrace.engine.warehouse.redshift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Layer;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.WarehouseTable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RedshiftTypesTest {

  private static final TableName FROM = new TableName(Layer.GOLD, "t");
  private static final Schema SCHEMA =
      Schema.of(
          Column.required("sensor_id", ColumnType.STRING),
          Column.required("window_start", ColumnType.TIMESTAMP),
          Column.optional("mean", ColumnType.DOUBLE),
          Column.optional("readings", ColumnType.BIGINT),
          Column.required("event_date", ColumnType.DATE));

  @Test
  void factsLieByTheirEntityAndAreSortedByTime() {
    WarehouseTable fact =
        new WarehouseTable.ReplacePartitions(
            "fact", FROM, List.of("sensor_id", "window_start"), "event_date");
    assertThat(RedshiftTypes.create("p.fact", fact, SCHEMA, Map.of("sensor_id", 65)))
        .isEqualTo(
            "CREATE TABLE p.fact (\"sensor_id\" varchar(128) ENCODE ZSTD NOT NULL, "
                + "\"window_start\" timestamp ENCODE AZ64 NOT NULL, "
                + "\"mean\" double precision ENCODE ZSTD, \"readings\" bigint ENCODE AZ64, "
                + "\"event_date\" date ENCODE RAW) "
                + "DISTSTYLE KEY DISTKEY (\"sensor_id\") "
                + "COMPOUND SORTKEY (\"event_date\", \"window_start\")");
  }

  @Test
  void dimensionsLieEverywhere() {
    WarehouseTable dimension = new WarehouseTable.Merge("dim", FROM, List.of("sensor_id"));
    assertThat(RedshiftTypes.create("p.dim", dimension, SCHEMA, Map.of()))
        .contains("\"sensor_id\" varchar(256) ENCODE RAW NOT NULL")
        .endsWith("DISTSTYLE ALL COMPOUND SORTKEY (\"sensor_id\")");
  }

  @Test
  void lengthsAreWhatTheCatalogSays() {
    assertThat(RedshiftTypes.length("character varying(64)")).hasValue(64);
    assertThat(RedshiftTypes.length("date")).isEmpty();
    assertThat(RedshiftTypes.base("character varying(64)")).isEqualTo("character varying");
    assertThat(RedshiftTypes.declaredLength(0)).isEqualTo(64);
    assertThat(RedshiftTypes.declaredLength(65)).isEqualTo(128);
    assertThat(RedshiftTypes.declaredLength(65_000)).isEqualTo(65_535);
  }
}
