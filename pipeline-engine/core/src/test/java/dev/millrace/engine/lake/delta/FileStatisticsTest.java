package dev.millrace.engine.lake.delta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.lake.ColumnStatistics;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Schema;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FileStatisticsTest {

  private static final String HIGHEST = Character.toString(Character.MAX_CODE_POINT);
  private static final String SMILE = "\uD83D\uDE00";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "short",
        "exactly thirty-two characters :)",
        "longer than thirty-two characters, so it is cut",
        "ünïcödé ünïcödé ünïcödé ünïcödé ünïcödé"
      })
  void aCutTextBoundsTheWholeOne(String text) {
    assertBounds(text);
  }

  @Test
  void aCharacterOfTwoHalvesIsNeverCutApart() {
    String smiles = SMILE.repeat(40);

    assertBounds(smiles);
    assertThat(FileStatistics.prefix(smiles)).isEqualTo(SMILE.repeat(32));
    assertThat(FileStatistics.prefixAbove(smiles)).isEqualTo(SMILE.repeat(32) + HIGHEST);
  }

  @Test
  void aTextThatGoesOnWithTheHighestCharacterKeepsIt() {
    assertBounds("x".repeat(32) + HIGHEST + "y");
    assertBounds("x".repeat(32) + HIGHEST.repeat(3));
  }

  @Test
  void timestampsAreCutToMillisecondsAroundTheirValues() {
    ColumnStatistics kept = kept(ColumnType.TIMESTAMP, 1_234_567L, 9_999_001L);

    assertThat(kept.min()).contains(1_234_000L);
    assertThat(kept.max()).contains(9_999_999L);
    assertThat(kept(ColumnType.TIMESTAMP, -1L, -1L).min()).contains(-1000L);
  }

  @Test
  void boundsTheLogCannotHoldAreLeftOut() {
    assertThat(kept(ColumnType.DOUBLE, Double.NEGATIVE_INFINITY, Double.NaN))
        .isEqualTo(new ColumnStatistics(Optional.empty(), Optional.empty(), 3));
    assertThat(kept(ColumnType.BOOLEAN, false, true))
        .isEqualTo(new ColumnStatistics(Optional.empty(), Optional.empty(), 3));
  }

  private static ColumnStatistics kept(ColumnType type, Object min, Object max) {
    Schema schema = Schema.of(Column.optional("c", type));
    ColumnStatistics given = new ColumnStatistics(Optional.of(min), Optional.of(max), 3);
    Map<String, ColumnStatistics> kept =
        FileStatistics.kept(Map.of("c", given), schema, Optional.empty(), Optional.empty());
    return kept.values().iterator().next();
  }

  private static void assertBounds(String text) {
    assertThat(compare(FileStatistics.prefix(text), text)).isNotPositive();
    assertThat(compare(FileStatistics.prefixAbove(text), text)).isNotNegative();
  }

  /// By code points, as Delta's readers compare.
  private static int compare(String a, String b) {
    int[] left = a.codePoints().toArray();
    int[] right = b.codePoints().toArray();
    return Arrays.compare(left, right);
  }
}
