package dev.millrace.views.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.api.EngineSnapshot.TableStatus;
import dev.millrace.engine.flow.FlowRun;
import dev.millrace.engine.flow.FlowRun.StepRun;
import dev.millrace.engine.flow.RunState;
import dev.millrace.views.desk.Moment;
import dev.millrace.views.flow.FlowPicture.Arrow;
import dev.millrace.views.sample.Altered;
import dev.millrace.views.sample.Desk;
import dev.millrace.views.sample.SampleEngine;
import dev.millrace.views.sample.SampleEngine.Case;
import dev.millrace.views.sample.SamplePipeline;
import dev.millrace.views.theme.Tone;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ArrowPlanTest {

  private static final Instant BUILT = SampleEngine.START.minusSeconds(100);

  private final ArrowPlan plan = new ArrowPlan(Map.of());

  @Test
  void aBuildBringsTheRowsOfAllItsStepsInTheNewestRun() {
    Moment moment =
        gold(
            BUILT,
            run(2, step("transform gold.sensor_5min", 120), step("transform gold.sensors", 4)),
            run(1, step("transform gold.sensor_5min", 9_000)));
    assertThat(to(Part.GOLD, moment).label()).isEqualTo("124");
  }

  @Test
  void aBuildApartFromTheRunsIsNotTakenForTheirs() {
    Moment moment = gold(BUILT.plusSeconds(60), run(1, step("transform gold.sensor_5min", 9_000)));
    assertThat(to(Part.GOLD, moment).label()).isEmpty();
  }

  @Test
  void aStepThatFailedBroughtNothing() {
    StepRun failed =
        new StepRun(
            "transform gold.sensors",
            RunState.FAILED,
            Optional.of(BUILT.minusSeconds(2)),
            Optional.of(BUILT),
            77,
            "");
    Moment moment = gold(BUILT, run(2, failed), run(1, step("transform gold.sensor_5min", 9_000)));
    assertThat(to(Part.GOLD, moment).label()).isEqualTo("9,000");
  }

  @Test
  void theWayOfDeadLettersIsRedOnlyWhileTheyCome() {
    Altered now = new Altered(quiet());
    assertThat(aside(now.stream(100, 900, 900, 40, 40)).tone()).isEqualTo(Tone.MUTED);
    Arrow comes = aside(now.later(Duration.ofSeconds(5)).stream(100, 900, 900, 41, 40));
    assertThat(comes.tone()).isEqualTo(Tone.BAD);
    assertThat(comes.moving()).isTrue();
    assertThat(aside(now.later(Duration.ofSeconds(64)).stream(100, 900, 900, 41, 41)).tone())
        .isEqualTo(Tone.BAD);
    Arrow past = aside(now.later(Duration.ofSeconds(66)).stream(100, 900, 900, 41, 41));
    assertThat(past.tone()).isEqualTo(Tone.MUTED);
    assertThat(past.moving()).isFalse();
    assertThat(past.label()).endsWith("of events");
  }

  @Test
  void theWayOfDeadLettersRestsWhenNothingIsRead() {
    Altered now = new Altered(quiet());
    aside(now.stream(100, 900, 900, 40, 40));
    Altered later = now.later(Duration.ofSeconds(5));
    assertThat(aside(later.stream(0, 0, 0, 41, 41)).tone()).isEqualTo(Tone.MUTED);
  }

  private Arrow aside(Altered altered) {
    return to(Part.DEAD_LETTERS, altered.moment());
  }

  private Arrow to(Part part, Moment moment) {
    return plan.arrows(moment, moment.status().orElseThrow()).stream()
        .filter(a -> a.to() == part)
        .findFirst()
        .orElseThrow();
  }

  private static Moment quiet() {
    Desk desk = Desk.of(Case.NORMAL);
    desk.engine().idle();
    return desk.moment();
  }

  /// Gold written at that time, and these runs.
  private static Moment gold(Instant written, FlowRun... runs) {
    return new Altered(quiet())
        .tables(
            List.of(
                new TableStatus(
                    SamplePipeline.FIVE_MINUTES, 7, 9_124, 1_000, 1, written, Optional.empty())))
        .runs(List.of(runs))
        .moment();
  }

  private static FlowRun run(long id, StepRun... steps) {
    return new FlowRun(
        id,
        SamplePipeline.NAME,
        "daily",
        RunState.SUCCEEDED,
        BUILT.minusSeconds(10),
        Optional.of(BUILT),
        "",
        List.of(steps));
  }

  private static StepRun step(String name, long rows) {
    return new StepRun(
        name,
        RunState.SUCCEEDED,
        Optional.of(BUILT.minusSeconds(2)),
        Optional.of(BUILT),
        rows,
        "done");
  }
}
