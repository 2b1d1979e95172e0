package dev.millrace.views.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.api.Answer;
import dev.millrace.engine.api.Answer.QueryColumn;
import dev.millrace.views.charts.Heading;
import dev.millrace.views.text.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChartGuessTest {

  private static final Instant AT = Instant.parse("2026-03-20T10:00:00Z");

  @Test
  void timesAndWordsMakeALineForEachWord() {
    Answer.Rows rows =
        rows(
            List.of(
                column("hour", "TIMESTAMP WITH TIME ZONE"),
                column("kind", "VARCHAR"),
                column("mean", "DOUBLE")),
            List.of(AT, "a", 1.0),
            List.of(AT, "b", 5.0),
            List.of(AT.plusSeconds(3600), "a", 2.0));
    ChartGuess guess = ChartGuess.of(rows, "").orElseThrow();
    assertThat(guess.timed()).isTrue();
    assertThat(guess.places()).hasSize(2);
    assertThat(guess.lines()).containsOnlyKeys("a", "b");
    assertThat(guess.lines().get("a")).containsExactly(1.0, 2.0);
    assertThat(guess.lines().get("b")).containsExactly(5.0, Double.NaN);
  }

  @Test
  void wordsAloneMakeBars() {
    Answer.Rows rows =
        rows(
            List.of(column("kind", "VARCHAR"), column("n", "BIGINT"), column("m", "DECIMAL(9,2)")),
            List.of("a", 3L, 1.5),
            List.of("b", 4L, 2.5));
    assertThat(ChartGuess.of(rows, "").orElseThrow().labels()).containsExactly("a", "b");
    assertThat(ChartGuess.of(rows, "m").orElseThrow().lines().get("m")).containsExactly(1.5, 2.5);
    assertThat(ChartGuess.measures(rows)).containsExactly("n", "m");
  }

  @Test
  void aPictureOfItTellsWhatItIsOfAndWhen() {
    Clock clock = new Clock(ZoneId.of("UTC"));
    List<QueryColumn> columns =
        List.of(column("event_hour", "TIMESTAMP WITH TIME ZONE"), column("mean_value", "DOUBLE"));
    assertThat(
            ChartGuess.of(rows(columns, List.of(AT, 1.0), List.of(AT.plusSeconds(7_200), 2.0)), "")
                .orElseThrow()
                .heading(clock))
        .isEqualTo(new Heading("Mean value over event hour", "20 Mar 2026, 10:00 to 12:00 UTC"));
    assertThat(
            ChartGuess.of(
                    rows(
                        List.of(column("kind", "VARCHAR"), column("n", "BIGINT")),
                        List.of("a", 3L)),
                    "")
                .orElseThrow()
                .heading(clock))
        .isEqualTo(new Heading("N by kind", ""));
  }

  @Test
  void figuresAloneMakeNone() {
    assertThat(ChartGuess.of(rows(List.of(column("n", "BIGINT")), List.of(3L)), "")).isEmpty();
    assertThat(ChartGuess.of(rows(List.of(column("kind", "VARCHAR"))), "")).isEmpty();
  }

  @Test
  void valuesReadAsPeopleWriteThem() {
    assertThat(CellText.of(8_602_117L)).isEqualTo("8,602,117");
    assertThat(CellText.of(21.503)).isEqualTo("21.503");
    assertThat(CellText.of(3.0)).isEqualTo("3.0");
    assertThat(CellText.of(AT)).isEqualTo("2026-03-20 10:00:00");
    assertThat(CellText.of("é".getBytes(java.nio.charset.StandardCharsets.UTF_8))).isEqualTo("é");
    assertThat(CellText.of(new byte[] {1, (byte) 0xff})).isEqualTo("01ff");
    assertThat(CellText.of(null)).isEmpty();
  }

  private static QueryColumn column(String name, String type) {
    return new QueryColumn(name, type);
  }

  @SafeVarargs
  @SuppressWarnings("varargs") // Only read.
  private static Answer.Rows rows(List<QueryColumn> columns, List<Object>... rows) {
    return new Answer.Rows(columns, List.of(rows), false, Duration.ZERO);
  }
}
