package dev.millrace.engine.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.millrace.engine.PostgresServer;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.flow.FlowRun;
import dev.millrace.engine.flow.FlowRuns;
import dev.millrace.engine.flow.FlowRunsContract;
import dev.millrace.engine.flow.RunState;
import dev.millrace.engine.model.Layer;
import dev.millrace.engine.model.ServiceEndpoints;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.quality.Consequence;
import dev.millrace.engine.quality.ValidationRecord;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class ControlDatabaseIT {

  private static final Instant T0 = Instant.parse("2026-05-01T10:00:00.123456Z");
  private static final TableName SILVER = new TableName(Layer.SILVER, "readings");

  private ServiceEndpoints endpoints;
  private ControlDatabase database;

  @BeforeEach
  void open() throws SQLException {
    endpoints = PostgresServer.freshDatabase();
    database = ControlDatabase.open(endpoints);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Nested
  class Runs extends FlowRunsContract {

    private ControlDatabase other;

    @BeforeEach
    void openOther() {
      other = ControlDatabase.open(endpoints);
    }

    @AfterEach
    void closeOther() {
      other.close();
    }

    @Override
    protected FlowRuns runs() {
      return database.flowRuns();
    }

    @Override
    protected FlowRuns otherProcess() {
      return other.flowRuns();
    }

    @Override
    protected void killOtherProcess() {
      other.close();
    }
  }

  @Test
  void openingEndsTheRunsOfADeadProcess() {
    long run;
    try (ControlDatabase dead = ControlDatabase.open(endpoints)) {
      run = dead.flowRuns().begin("p", "daily", List.of("one"), T0);
    }
    try (ControlDatabase next = ControlDatabase.open(endpoints, () -> T0.plusSeconds(60))) {
      FlowRun ended = next.flowRuns().find(run).orElseThrow();
      assertThat(ended.state()).isEqualTo(RunState.FAILED);
      assertThat(ended.finishedAt()).contains(T0.plusSeconds(60));
    }
  }

  @Test
  void manyMayOpenAnEmptyDatabaseAtOnce() throws Exception {
    ServiceEndpoints empty = PostgresServer.freshDatabase();
    int openers = 4;
    CountDownLatch together = new CountDownLatch(openers);
    List<Future<Long>> begun = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(openers)) {
      for (int i = 0; i < openers; i++) {
        begun.add(
            threads.submit(
                () -> {
                  together.countDown();
                  together.await();
                  try (ControlDatabase opened = ControlDatabase.open(empty)) {
                    return opened.flowRuns().begin("p", "daily", List.of("one"), T0);
                  }
                }));
      }
      List<Long> ids = new ArrayList<>();
      for (Future<Long> each : begun) {
        ids.add(each.get());
      }
      assertThat(ids).doesNotHaveDuplicates().hasSize(openers);
    }
  }

  @Test
  void validationsAreKeptAndTheNewestIsTheLatest() {
    ValidationRecord first = validation(1, T0, "{\"b\": 1,  \"a\": \"\\u0000\"}");
    ValidationRecord late = validation(2, T0.minusSeconds(60), "{}");
    ValidationRecord equal = validation(3, T0, "{\"third\": [1.50, null]}");
    database.validations().save(first);
    database.validations().save(late);
    database.validations().save(equal);
    assertThat(database.validations().latest("p", SILVER)).contains(equal);
    assertThat(database.validations().history("p", SILVER, 10)).containsExactly(equal, first, late);
    assertThat(database.validations().history("p", SILVER, 1)).containsExactly(equal);
    assertThat(database.validations().latest("q", SILVER)).isEmpty();
    assertThat(database.validations().latest("p", new TableName(Layer.BRONZE, "readings")))
        .isEmpty();
  }

  @Test
  void settingsAreKept() {
    Settings settings = database.settings();
    assertThat(settings.demo("p")).isFalse();
    settings.markDemo("p");
    settings.put("theme", "dark");
    settings.put("theme", "light");
    try (ControlDatabase again = ControlDatabase.open(endpoints)) {
      assertThat(again.settings().demo("p")).isTrue();
      assertThat(again.settings().demo("q")).isFalse();
      assertThat(again.settings().find("theme")).contains("light");
      again.settings().remove("theme");
      again.settings().remove("unknown");
    }
    assertThat(settings.find("theme")).isEmpty();
  }

  @Test
  void aDatabaseThatIsNotThereIsNamed() {
    ServiceEndpoints nowhere =
        new ServiceEndpoints("none:0", "jdbc:postgresql://127.0.0.1:1/none", "a", "secret");
    assertThatExceptionOfType(MillraceException.class)
        .isThrownBy(() -> ControlDatabase.open(nowhere))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.SERVICE))
        .withMessageContaining("127.0.0.1:1")
        .withMessageNotContaining("secret");
  }

  private static ValidationRecord validation(long version, Instant at, String json) {
    return new ValidationRecord(
        "p",
        SILVER,
        "silver",
        version,
        "whole",
        Optional.of(7L),
        false,
        Consequence.STOP_FLOW,
        100.0 / 3,
        1,
        3,
        List.of("expect_column_values_to_not_be_null(value)", "a, \"b\" {c}"),
        json,
        at);
  }
}
