package dev.millrace.views.desk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.api.Command;
import dev.millrace.engine.api.Outcome;
import dev.millrace.engine.api.Work;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.views.sample.Desk;
import dev.millrace.views.sample.SampleEngine;
import dev.millrace.views.sample.SampleEngine.Case;
import dev.millrace.views.sample.SamplePipeline;
import dev.millrace.views.theme.Tone;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CommandDeskTest {

  private static final Command LOAD = new Command.Load(SamplePipeline.NAME);

  @Test
  void workThatEndsIsToldWithItsSummary() {
    Desk desk = Desk.of(Case.NORMAL);
    desk.desk().submit(LOAD);
    assertThat(desk.toasts()).isEmpty();
    desk.engine().end(new Outcome.Done("4 tables loaded", Map.of()));
    assertThat(desk.toasts())
        .containsExactly(new Toast(Tone.GOOD, "Load the warehouse: done", "4 tables loaded", ""));
    assertThat(desk.desk().last().get()).isPresent();
  }

  @Test
  void workOnManyTablesIsToldByItsSum() {
    Desk desk = Desk.of(Case.NORMAL);
    desk.desk().submit(new Command.Transform(SamplePipeline.NAME, Optional.empty()));
    desk.engine()
        .end(
            new Outcome.Done(
                "much about each", Map.of("silver.readings", 1_200L, "gold.sensors", 0L)));
    assertThat(desk.toasts())
        .singleElement()
        .extracting(Toast::text)
        .isEqualTo("1,200 rows written to 1 table of 2");
  }

  @Test
  void aFailureIsToldWithItsRemedy() {
    Desk desk = Desk.of(Case.NORMAL);
    desk.desk().submit(LOAD);
    desk.engine().end(new Outcome.Failed(ErrorCode.WAREHOUSE, "disk full", "free some space"));
    assertThat(desk.toasts())
        .containsExactly(
            new Toast(Tone.BAD, "Load the warehouse: failed", "disk full", "free some space"));
  }

  @Test
  void workIsCancellableUntilItEnds() {
    Desk desk = Desk.of(Case.NORMAL);
    desk.desk().submit(LOAD);
    long id = desk.engine().snapshot().work().getFirst().id();
    assertThat(desk.desk().cancellable(id)).isTrue();
    desk.desk().cancel(id);
    assertThat(desk.toasts()).singleElement().extracting(Toast::tone).isEqualTo(Tone.WARNING);
    assertThat(desk.desk().cancellable(id)).isFalse();
  }

  @Test
  void workBegunElsewhereIsTakenOver() {
    Desk desk = Desk.of(Case.NORMAL);
    Work work = desk.engine().submit(LOAD);
    assertThat(desk.desk().cancellable(work.id())).isFalse();
    desk.desk().follow(work);
    assertThat(desk.desk().cancellable(work.id())).isTrue();
    desk.engine().end(new Outcome.Done("4 tables loaded", Map.of()));
    assertThat(desk.toasts()).singleElement().extracting(Toast::text).isEqualTo("4 tables loaded");
    assertThat(desk.desk().cancellable(work.id())).isFalse();
  }

  @Test
  void whatIsWorkedOutIsHandedOverAndAFaultIsTold() {
    Deque<Runnable> aside = new ArrayDeque<>();
    List<Toast> toasts = new ArrayList<>();
    TaskExecutor later =
        new TaskExecutor() {
          @Override
          public void execute(Runnable work) {
            aside.add(work);
          }

          @Override
          public void close() {}
        };
    CommandDesk desk =
        new CommandDesk(
            new SampleEngine(Case.NORMAL), Optional.empty(), later, Runnable::run, toasts::add);
    List<Optional<String>> heard = new ArrayList<>();
    desk.workOut("Draw", () -> "drawn", heard::add);
    desk.<String>workOut(
        "Draw",
        () -> {
          throw new IllegalStateException("no ink");
        },
        heard::add);
    assertThat(heard).as("nothing is worked out by the caller").isEmpty();
    assertThat(desk.quiet()).isNotDone();
    aside.forEach(Runnable::run);
    assertThat(heard).containsExactly(Optional.of("drawn"), Optional.empty());
    assertThat(toasts).singleElement().extracting(Toast::title).isEqualTo("Draw: failed");
    assertThat(desk.quiet()).isCompleted();
  }

  @Test
  void aSimulatorThatRefusesIsToldWithTheRemedy() {
    Desk desk = Desk.of(Case.NORMAL);
    desk.desk()
        .simulate(
            "Start the simulator",
            _ -> {
              throw new MillraceException(ErrorCode.SERVICE, "no broker", "start the services");
            });
    assertThat(desk.toasts())
        .containsExactly(
            new Toast(Tone.BAD, "Start the simulator: failed", "no broker", "start the services"));
  }
}
