package dev.millrace.views.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.api.Command;
import dev.millrace.engine.api.Question;
import dev.millrace.engine.api.Question.FileForm;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.views.Preferences;
import dev.millrace.views.desk.Toast;
import dev.millrace.views.sample.Desk;
import dev.millrace.views.sample.SampleEngine;
import dev.millrace.views.sample.SampleEngine.Case;
import dev.millrace.views.text.Clock;
import dev.millrace.views.theme.Tone;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SqlViewModelTest {

  private final Desk desk = Desk.of(Case.NORMAL);
  private final Preferences preferences = Preferences.inMemory();
  private final SqlViewModel model = made();

  private SqlViewModel made() {
    SqlViewModel made = new SqlViewModel(desk.desk(), new Clock(ZoneOffset.UTC), preferences);
    made.show(desk.moment());
    return made;
  }

  @Test
  void aQueryHasRowsAndIsKept() {
    model.run();
    assertThat(model.result().get().found()).map(r -> r.rows().size()).contains(96);
    assertThat(model.status().getValue()).isEqualTo("96 rows in 412 ms");
    assertThat(model.running().get()).isFalse();
    model.text().set("SELECT * FROM silver_readings");
    model.run();
    assertThat(model.history()).hasSize(2).first().isEqualTo("SELECT * FROM silver_readings");
    assertThat(made().history()).isEqualTo(model.history());
  }

  @Test
  void theSameQueryIsKeptOnce() {
    model.run();
    model.run();
    assertThat(model.history()).hasSize(1);
  }

  @Test
  void aFaultTellsItsLine() {
    model.text().set("SELECT hour,\n  avg(valeu)\nFROM silver_readings");
    model.run();
    assertThat(model.result().get())
        .isInstanceOfSatisfying(
            SqlResult.Faulty.class, faulty -> assertThat(faulty.line()).hasValue(2));
  }

  @Test
  void tablesAreReadAsOfATime() {
    model.asOf().set("24 hours ago");
    assertThat(model.moment()).contains(SampleEngine.START.minus(Duration.ofDays(1)));
    model.asOf().set("2026-03-01T12:00:00Z");
    assertThat(model.moment()).contains(Instant.parse("2026-03-01T12:00:00Z"));
    model.asOf().set("now");
    assertThat(model.moment()).isEmpty();
    model.asOf().set("next year");
    assertThatThrownBy(model::moment).isInstanceOf(MillraceException.class);
    model.run();
    assertThat(model.result().get()).isInstanceOf(SqlResult.Faulty.class);
  }

  @Test
  void anExplanationRunsNothing() {
    model.explain();
    assertThat(model.result().get()).isInstanceOf(SqlResult.Plan.class);
    assertThat(model.history()).isEmpty();
  }

  @Test
  void anExportHasAllRowsAndIsToldInAToast() {
    model.export(FileForm.PARQUET, Path.of("rows.parquet"));
    assertThat(desk.engine().asked())
        .last()
        .isInstanceOfSatisfying(
            Command.Ask.class,
            ask -> assertThat(ask.question()).isInstanceOf(Question.Export.class));
    assertThat(desk.toasts()).last().extracting(Toast::tone).isEqualTo(Tone.GOOD);
    assertThat(desk.toasts().getLast().lead()).map(Toast.Lead::label).contains("Open the folder");
  }

  @Test
  void columnsAreLearntOncePerTable() {
    model.learnColumns("silver_readings");
    model.learnColumns("silver_readings");
    model.learnColumns("no_table");
    assertThat(model.columns().get("silver_readings")).contains("z_score", "is_anomaly");
    assertThat(desk.engine().asked()).hasSize(1);
    assertThat(Optional.ofNullable(model.columns().get("gold_sensors")))
        .contains(java.util.List.of());
  }
}
