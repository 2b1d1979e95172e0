package dev.millrace.views.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.views.lake.Completion.Proposal;
import dev.millrace.views.lake.SqlWords.Stretch;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SqlTextTest {

  private static final Map<String, List<String>> TABLES =
      Map.of(
          "silver_readings", List.of("sensor_id", "sensor_type", "value"),
          "gold_sensors", List.of("sensor_id", "readings"));

  @Test
  void wordsAreToldApart() {
    assertThat(SqlWords.stretches("SELECT avg(x) FROM silver_readings -- all", TABLES.keySet()))
        .extracting(Stretch::style)
        .containsExactly(
            "sql-keyword",
            "",
            "sql-function",
            "",
            "",
            "",
            "sql-keyword",
            "",
            "sql-table",
            "",
            "sql-comment");
  }

  @Test
  void anOpenTextRunsToTheEnd() {
    assertThat(SqlWords.stretches("WHERE a = 'no end", Set.of()))
        .last()
        .isEqualTo(new Stretch(7, "sql-text"));
  }

  /// Whatever is written, the stretches cover it whole: an editor's colours depend on it.
  @Test
  void stretchesCoverAnyText() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    String signs = "abcSELECT '\"-/*\n().,;0123456789_éß😀";
    for (int round = 0; round < 2_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(40); i > 0; i--) {
        text.appendCodePoint(signs.codePointAt(random.nextInt(signs.length() - 1)));
      }
      int covered =
          SqlWords.stretches(text.toString(), TABLES.keySet()).stream()
              .mapToInt(Stretch::length)
              .sum();
      assertThat(covered).as("seed %d, text %s", seed, text).isEqualTo(text.length());
    }
  }

  @Test
  void behindFromStandTables() {
    assertThat(proposals("SELECT * FROM "))
        .extracting(Proposal::text)
        .containsExactlyInAnyOrder("silver_readings", "gold_sensors");
  }

  @Test
  void columnsAreThoseOfTheTablesNamed() {
    assertThat(proposals("SELECT sens| FROM gold_sensors"))
        .extracting(Proposal::text)
        .startsWith("sensor_id")
        .doesNotContain("sensor_type");
  }

  @Test
  void behindADotStandColumnsOnly() {
    assertThat(proposals("SELECT r.v| FROM silver_readings r"))
        .extracting(Proposal::kind)
        .containsOnly("column");
  }

  @Test
  void functionsAndKeywordsFollow() {
    assertThat(proposals("SELECT cou")).extracting(Proposal::text).contains("count(");
    assertThat(proposals("SELECT 1 ORD")).extracting(Proposal::text).startsWith("ORDER BY");
  }

  @Test
  void aWholeWordIsNotProposedAgain() {
    assertThat(proposals("SELECT value| FROM silver_readings"))
        .extracting(Proposal::text)
        .doesNotContain("value");
  }

  private static List<Proposal> proposals(String text) {
    int caret = text.indexOf('|');
    return Completion.at(text.replace("|", ""), caret < 0 ? text.length() : caret, TABLES)
        .proposals();
  }
}
