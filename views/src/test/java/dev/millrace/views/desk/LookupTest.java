package dev.millrace.views.desk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.views.desk.HistoryDesk.Trouble;
import dev.millrace.views.sample.SampleEngine;
import dev.millrace.views.sample.SampleEngine.Case;
import dev.millrace.views.sample.SamplePipeline;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class LookupTest {

  private final Queue<Runnable> work = new ArrayDeque<>();
  private final List<Integer> asked = new ArrayList<>();
  private final List<String> answers = new ArrayList<>();
  private final List<Trouble> troubles = new ArrayList<>();
  private final HistoryDesk desk =
      new HistoryDesk(
          new SampleEngine(Case.NORMAL),
          SamplePipeline.NAME,
          new TaskExecutor() {
            @Override
            public void execute(Runnable next) {
              work.add(next);
            }

            @Override
            public void close() {}
          },
          Runnable::run);
  private final Lookup<Integer, String> lookup =
      desk.lookup(
          (_, question) -> {
            asked.add(question);
            if (question < 0) {
              throw new MillraceException(ErrorCode.LAKE, "The table is gone", "restore it");
            }
            return "answer " + question;
          },
          answers::add,
          troubles::add);

  private void work() {
    Objects.requireNonNull(work.poll()).run();
  }

  @Test
  void ofThoseAskedMeanwhileOnlyTheNewestIsAsked() {
    for (int i = 1; i <= 5; i++) {
      lookup.ask(i);
    }
    assertThat(lookup.busy().get()).isTrue();
    assertThat(desk.settled()).isNotDone();
    work();
    work();
    assertThat(work).isEmpty();
    assertThat(asked).containsExactly(1, 5);
    assertThat(answers).containsExactly("answer 1", "answer 5");
    assertThat(lookup.busy().get()).isFalse();
    assertThat(desk.settled()).isDone();
  }

  @Test
  void whatIsForgottenIsNotHeard() {
    lookup.ask(1);
    lookup.ask(2);
    lookup.forget();
    lookup.ask(3);
    work();
    work();
    assertThat(answers).containsExactly("answer 3");
  }

  @Test
  void aFailureIsHeardWithItsRemedyAndTheNextQuestionAsked() {
    lookup.ask(-1);
    lookup.ask(2);
    work();
    work();
    assertThat(troubles).containsExactly(new Trouble("The table is gone", "restore it"));
    assertThat(answers).containsExactly("answer 2");
  }
}
