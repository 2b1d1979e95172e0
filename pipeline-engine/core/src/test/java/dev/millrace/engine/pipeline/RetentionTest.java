package dev.millrace.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.error.ProblemsException;
import dev.millrace.engine.model.TableName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {

  @TempDir Path home;

  @Test
  void whatIsNotSaidIsTwoYears() {
    Pipeline pipeline = PipelineReader.read(TillReceipts.write(home));

    for (String table :
        new String[] {
          "bronze.receipts", "dead_letters.receipts", "silver.receipts", "gold.takings"
        }) {
      assertThat(kept(pipeline, table)).as(table).contains(Duration.ofDays(730));
    }
    assertThat(kept(pipeline, "gold.of_nobody")).isEmpty();
  }

  @Test
  void aTableGoesBeforeItsLayer() {
    Pipeline pipeline =
        with(
            "retention: { bronze: 1000d, dead_letters: forever, silver.receipts: 400d, gold: 30d }");

    assertThat(kept(pipeline, "bronze.receipts")).contains(Duration.ofDays(1000));
    assertThat(kept(pipeline, "dead_letters.receipts")).isEmpty();
    assertThat(kept(pipeline, "silver.receipts")).contains(Duration.ofDays(400));
    assertThat(kept(pipeline, "gold.takings")).contains(Duration.ofDays(30));
    assertThat(kept(with("retention: { bronze: forever }"), "gold.takings")).isEmpty();
    assertThat(kept(with("retention: { bronze: 90d }"), "gold.takings"))
        .as("as long as its sources")
        .contains(Duration.ofDays(90));
  }

  @Test
  void everyFaultIsTold() {
    assertThatThrownBy(
            () ->
                with(
                    """
                    retention:
                      bronze: 90d
                      silver: 3h
                      brass: 10d
                      silver.reciepts: 10d
                      gold.takings: 120d
                    """))
        .isInstanceOf(ProblemsException.class)
        .hasMessageContaining("brass")
        .hasMessageContaining("silver.reciepts")
        .hasMessageContaining("silver")
        .hasMessageContaining(
            "keeps gold.takings longer than its source silver.receipts, which is kept 90 days");
  }

  private Pipeline with(String lines) {
    return PipelineReader.read(TillReceipts.write(home, TillReceipts.YAML + lines + "\n"));
  }

  private static Optional<Duration> kept(Pipeline pipeline, String table) {
    return pipeline.retentionOf(TableName.parse(table).orElseThrow());
  }
}
