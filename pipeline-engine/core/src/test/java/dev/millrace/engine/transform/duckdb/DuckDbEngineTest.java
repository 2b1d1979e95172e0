package dev.millrace.engine.transform.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.transform.FileLayout;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.SqlEngineContract;
import dev.millrace.engine.transform.SqlSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbEngineTest extends SqlEngineContract {

  private static final Schema DAYS = Schema.of(Column.required("day", ColumnType.DATE));

  @TempDir Path home;

  @Override
  protected SqlEngine engine(Path scratch) {
    return new DuckDbEngine(scratch, DuckDbEngine.DEFAULT_MEMORY_BYTES, 2);
  }

  @Test
  void aNameThatIsNotThereIsRefusedWithTheOnesThatAre() {
    try (SqlEngine engine = engine(home.resolve("tmp"));
        SqlSession session = engine.session()) {
      session.query("silver_readings", "SELECT 1.5 AS reading, 'a' AS sensor");
      assertThatThrownBy(() -> session.rows("SELECT * FROM silver_reading"))
          .isInstanceOfSatisfying(
              MillraceException.class,
              e ->
                  assertThat(e.remedy())
                      .isEqualTo("did you mean \"silver_readings\"? nothing was changed"));
      assertThatThrownBy(() -> session.rows("SELECT readin FROM silver_readings"))
          .isInstanceOfSatisfying(
              MillraceException.class,
              e ->
                  assertThat(e.remedy())
                      .isEqualTo("choose among \"reading\"; nothing was changed"));
      assertThatThrownBy(() -> session.rows("SELECT * FROM nothing_like_it"))
          .isInstanceOfSatisfying(
              MillraceException.class,
              e -> assertThat(e.remedy()).isEqualTo("mend the SQL; nothing was changed"));
    }
  }

  @Test
  void cancellingAmongShortStatementsNeverFails() throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    try (SqlEngine engine = engine(home.resolve("tmp"));
        SqlSession session = engine.session()) {
      Thread canceller =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      while (ended.getCount() > 0) {
                        session.cancel();
                        var _ = session.written();
                      }
                    } catch (Throwable e) {
                      failure.set(e);
                    }
                  });
      int done = 0;
      for (int i = 0; i < 3_000; i++) {
        try {
          session.rows("SELECT " + i + " AS n");
          done++;
        } catch (MillraceException e) {
          assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED);
        }
      }
      ended.countDown();
      canceller.join();

      assertThat(failure.get()).isNull();
      assertThat(done).isPositive();
      assertThat(session.rows("SELECT 1 AS n")).hasSize(1);
    }
  }

  @Test
  void aWriteTellsHowFarItIs() throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    List<Double> told = new ArrayList<>();
    try (SqlEngine engine = engine(home.resolve("tmp"));
        SqlSession session = engine.session()) {
      assertThat(session.written()).isEmpty();
      session.table("numbers", "SELECT range AS n FROM range(4000000)");
      Thread watcher =
          Thread.ofPlatform()
              .start(
                  () -> {
                    while (ended.getCount() > 0) {
                      OptionalDouble written = session.written();
                      if (written.isPresent()) {
                        told.add(written.getAsDouble());
                      }
                    }
                  });
      session.write(
          "SELECT CAST('2026-01-01' AS date) + CAST(n % 3 AS int) AS day FROM numbers",
          DAYS, FileLayout.by(Optional.empty()), _ -> home);
      ended.countDown();
      watcher.join();

      assertThat(told).isNotEmpty().allMatch(part -> part >= 0 && part <= 1);
      assertThat(told.getLast()).isPositive();
      assertThat(session.written()).isEmpty();
    }
  }

  @Test
  void rowsThatAreCarriedOverGetFilesOfTheirOwn() {
    String rows =
        """
        SELECT CAST('2026-01-01' AS date) AS day, n % 2 AS _carried
        FROM (VALUES (1), (2), (3)) AS t(n)""";
    try (SqlEngine engine = engine(home.resolve("tmp"));
        SqlSession session = engine.session()) {
      List<LakeFile> apart =
          session.write(
              rows, DAYS, new FileLayout(Optional.of("day"), Optional.empty(), true), _ -> home);
      List<LakeFile> together =
          session.write(rows, DAYS, FileLayout.by(Optional.of("day")), _ -> home);

      assertThat(apart).extracting(LakeFile::rows).containsExactlyInAnyOrder(2L, 1L);
      assertThat(together).extracting(LakeFile::rows).containsExactly(3L);
    }
  }
}
