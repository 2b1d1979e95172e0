package dev.millrace.engine.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.api.Command;
import dev.millrace.engine.api.EngineSnapshot.LogEvent;
import dev.millrace.engine.api.EngineSnapshot.Severity;
import dev.millrace.engine.api.Outcome;
import dev.millrace.engine.deadletter.Edit;
import dev.millrace.engine.deadletter.LetterFilter;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class TellTest {

  private final EventLog log = new EventLog(InstantSource.system());

  @Test
  void aLookThatNobodyWaitsForAnyMoreIsNoEvent() {
    Tell.of(log, new Command.FindLetters("demo", LetterFilter.ALL, 10), Tell.NOT_BEGUN);
    assertThat(log.newest()).isEmpty();
  }

  @Test
  void workThatNeverBeganIsNoWarning() {
    Command replay = new Command.ReplayLetters("demo", LetterFilter.ALL, Edit.NONE);
    Tell.of(log, replay, Tell.NOT_BEGUN);
    Tell.of(log, replay, new Outcome.Cancelled("cancelled after 3 of 10 letters"));
    assertThat(log.newest())
        .extracting(LogEvent::severity)
        .containsExactly(Severity.WARNING, Severity.INFO);
  }
}
