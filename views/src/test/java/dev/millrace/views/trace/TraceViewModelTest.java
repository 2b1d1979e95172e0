package dev.millrace.views.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.history.AnomalyQuery;
import dev.millrace.engine.live.LiveSnapshot.Anomaly;
import dev.millrace.views.sample.PastDesk;
import dev.millrace.views.sample.SampleEngine;
import dev.millrace.views.sample.SampleEngine.Case;
import dev.millrace.views.sample.SamplePipeline;
import dev.millrace.views.theme.Tone;
import dev.millrace.views.trace.Station.Line;
import dev.millrace.views.trace.Station.Name;
import dev.millrace.views.trace.Station.Sheet;
import org.junit.jupiter.api.Test;

class TraceViewModelTest {

  private final PastDesk past = PastDesk.of(Case.NORMAL);
  private final TraceViewModel model =
      new TraceViewModel(past.desk(), past.clock(), past.engine()::time);

  private Anomaly anomaly() {
    return past.engine()
        .readings(SamplePipeline.NAME)
        .orElseThrow()
        .anomalies(AnomalyQuery.all(SampleEngine.START.minusSeconds(86_400), SampleEngine.START, 1))
        .anomalies()
        .getFirst();
  }

  @Test
  void eachStepTellsWhatIsThereAndSilverComesFirst() {
    Anomaly anomaly = anomaly();
    model.follow(anomaly.entity(), anomaly.time());
    assertThat(model.stations().get()).extracting(Station::name).containsExactly(Name.values());
    assertThat(model.stations().get()).allMatch(s -> s.tone() == Tone.GOOD);
    assertThat(model.chosen().get()).isEqualTo(Name.SILVER);
    assertThat(model.station().orElseThrow().fact()).startsWith("z-score");
    assertThat(model.window()).isPresent();
    assertThat(model.title()).startsWith(anomaly.entity());

    model.chosen().set(Name.KAFKA);
    Sheet kafka = model.station().orElseThrow().sheets().getFirst();
    assertThat(kafka.lines())
        .extracting(Line::name)
        .containsExactly("topic", "partition", "offset");
    assertThat(kafka.query()).contains("--offset 2881402");

    model.chosen().set(Name.BRONZE);
    Sheet bronze = model.station().orElseThrow().sheets().getFirst();
    assertThat(bronze.query())
        .isEqualTo(
            "SELECT *\nFROM bronze_sensor_events\nWHERE kafka_partition = 1\n  AND kafka_offset = 2881402");
    assertThat(bronze.copy()).contains("file\tpart-00000-7f0c2a51.zstd.parquet");

    model.chosen().set(Name.EVENT);
    assertThat(model.station().orElseThrow().sheets().getFirst().text())
        .startsWith("{\n  \"sensor_id\": \"" + anomaly.entity() + "\",\n");
  }

  @Test
  void aReadingThatIsNotCommittedYetIsToldAsSuchAndShowsByItself() {
    model.follow("TMP-0304-A", SampleEngine.START);
    assertThat(model.trouble().get().orElseThrow().what()).contains("does not hold");
    assertThat(model.stations().get()).isEmpty();
    model.pulse();
    assertThat(model.stations().get()).isEmpty();
    past.engine().pass(60);
    model.pulse();
    assertThat(model.trouble().get()).isEmpty();
    assertThat(model.stations().get()).hasSize(6);
  }

  @Test
  void jsonIsSetInLinesAndWhatIsNoneIsLeft() {
    assertThat(PrettyJson.of("{\"a\":[1,2],\"b\":\"x,\\\"y}\"}"))
        .isEqualTo("{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": \"x,\\\"y}\"\n}");
    assertThat(PrettyJson.of("plain-words")).isEqualTo("plain-words");
  }
}
