package dev.millrace.engine.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.api.Command;
import dev.millrace.engine.api.Outcome;
import dev.millrace.engine.api.Work;
import dev.millrace.engine.care.AuditTrail;
import dev.millrace.engine.care.TableCare;
import dev.millrace.engine.ingest.CommitListener;
import dev.millrace.engine.lake.LakeCommit;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.lake.delta.DeltaLake;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.PipelineFolder;
import dev.millrace.engine.pipeline.PipelineReader;
import dev.millrace.engine.transform.SqlSession;
import dev.millrace.engine.transform.duckdb.DuckDbEngine;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Small commits of a real Bronze table, merged by themselves.
class MergeBronzeFilesTest {

  private static final int MANY = 6;

  @TempDir Path folder;
  private final Pipeline pipeline = PipelineReader.read(PipelineFolder.shipped("building-sensors"));
  private final Feed feed = pipeline.feeds().getFirst();
  private final List<Command> asked = new ArrayList<>();
  private final List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();

  @Test
  void aDayOfManySmallFilesIsMergedAndOthersAreLeft() {
    DeltaLake lake = new DeltaLake(folder.resolve("lake"), "Millrace/test", InstantSource.system());
    try (DuckDbEngine engine = new DuckDbEngine(folder.resolve("tmp"), 1L << 30, 1)) {
      LakeTable bronze = lake.open(feed.bronze(), feed.bronzeSchema(), Optional.of("event_date"));
      CommitListener merge = new MergeBronzeFiles(pipeline.name(), this::submit, MANY, 2);
      for (int i = 0; i < 2 * MANY; i++) {
        commit(engine, bronze, i % 2 == 0 ? "2026-03-01" : "2026-03-02", i);
        merge.committed(bronze, bronze.snapshot());
      }

      merge.committed(bronze, bronze.snapshot());
      merge.committed(bronze, bronze.snapshot());
      assertThat(asked).as("one merge at a time").hasSize(1);
      Command.CareForTables first = (Command.CareForTables) asked.getFirst();
      new TableCare(
              pipeline,
              lake,
              engine,
              new AuditTrail(folder.resolve("audit")),
              InstantSource.system(),
              List.of())
          .carryOut(first.order(), Progress.NONE);
      assertThat(bronze.snapshot().files()).hasSize(MANY + 1);
      assertThat(bronze.snapshot().rows()).isEqualTo(2 * MANY);

      outcomes.getFirst().complete(new Outcome.Done("merged", Map.of()));
      merge.committed(bronze, bronze.snapshot());
      merge.committed(bronze, bronze.snapshot());
      assertThat(asked).as("then the other day").hasSize(2).doesNotHaveDuplicates();
    }
  }

  private static void commit(DuckDbEngine engine, LakeTable bronze, String day, int offset) {
    LocalDate date = LocalDate.parse(day);
    try (SqlSession session = engine.session()) {
      List<LakeFile> files =
          session.write(
              """
              SELECT 'sensor-1' AS sensor_id, 'temperature' AS sensor_type, 'a/b' AS location,
                20.0 AS value, '°C' AS unit, TIMESTAMPTZ '%1$s 12:00:00+00' AS event_time,
                TIMESTAMPTZ '%1$s 12:00:01+00' AS ingestion_time, 'sensor-events' AS kafka_topic,
                0 AS kafka_partition, CAST(%2$d AS BIGINT) AS kafka_offset,
                DATE '%1$s' AS event_date, CAST(NULL AS VARCHAR) AS _extra\
              """
                  .formatted(day, offset),
              bronze.schema(),
              Optional.of("event_date"),
              bronze::dataFolder);
      assertThat(files).allMatch(file -> file.partitionValue().equals(Optional.of(date)));
      bronze.commit(
          bronze.snapshot(), new LakeCommit("WRITE", files, List.of(), Map.of(), Map.of()));
    }
  }

  private Work submit(Command command) {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    asked.add(command);
    outcomes.add(outcome);
    return new Work() {
      @Override
      public long id() {
        return asked.size();
      }

      @Override
      public Command command() {
        return command;
      }

      @Override
      public CompletableFuture<Outcome> outcome() {
        return outcome;
      }

      @Override
      public void cancel() {
        throw new UnsupportedOperationException("nobody cancels it");
      }
    };
  }
}
