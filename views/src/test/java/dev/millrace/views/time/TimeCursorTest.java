package dev.millrace.views.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.views.Preferences;
import dev.millrace.views.sample.PastDesk;
import dev.millrace.views.sample.SampleEngine;
import dev.millrace.views.sample.SampleEngine.Case;
import java.time.Duration;
import java.time.Instant;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.junit.jupiter.api.Test;

class TimeCursorTest {

  private final PastDesk past = PastDesk.of(Case.NORMAL);
  private final TimeCursor cursor = past.cursor();

  @Test
  void liveFollowsTheNewestEvent() {
    past.moment();
    assertThat(cursor.isLive()).isTrue();
    assertThat(cursor.shown()).isEqualTo(SampleEngine.START);
    past.engine().pass(10);
    past.moment();
    assertThat(cursor.shown()).isEqualTo(SampleEngine.START.plusSeconds(10));
    assertThat(cursor.counts().get().total()).isPositive();
    assertThat(cursor.extent().get()).isPresent();
  }

  @Test
  void aMomentStandsUntilItRunsAndRunsUntilItIsLive() {
    past.moment();
    Instant then = SampleEngine.START.minusSeconds(600);
    cursor.show(then);
    past.engine().pass(10);
    past.moment();
    assertThat(cursor.at().get()).contains(then);

    cursor.speed().set(Speed.TEN);
    cursor.toggle();
    past.engine().pass(3);
    past.moment();
    assertThat(cursor.at().get()).contains(then.plusSeconds(30));

    cursor.speed().set(Speed.TEN_MINUTES);
    past.engine().pass(1);
    past.moment();
    assertThat(cursor.isLive()).as("it has caught up").isTrue();
    assertThat(cursor.playing().get()).isFalse();
  }

  @Test
  void stepsStayWithinTheStretch() {
    past.moment();
    cursor.stretch().set(Stretch.HOUR);
    cursor.step(Duration.ofMinutes(-1));
    assertThat(cursor.at().get()).contains(SampleEngine.START.minusSeconds(60));
    cursor.step(Duration.ofDays(-1));
    assertThat(cursor.at().get()).contains(SampleEngine.START.minusSeconds(3_600));
    cursor.step(Duration.ofDays(1));
    assertThat(cursor.isLive()).isTrue();
  }

  @Test
  void playingFromLiveBeginsAnHourAgo() {
    past.moment();
    cursor.toggle();
    assertThat(cursor.at().get()).contains(SampleEngine.START.minusSeconds(3_600));
    assertThat(cursor.playing().get()).isTrue();
    cursor.toggle();
    assertThat(cursor.playing().get()).isFalse();
    cursor.live();
    assertThat(cursor.isLive()).isTrue();
  }

  @Test
  void speedAndStretchAreRemembered() {
    Preferences preferences = Preferences.inMemory();
    TimeCursor first = PastDesk.of(Case.NORMAL, preferences).cursor();
    first.speed().set(Speed.MINUTE);
    first.stretch().set(Stretch.WEEK);
    TimeCursor second = PastDesk.of(Case.NORMAL, preferences).cursor();
    assertThat(second.speed().get()).isEqualTo(Speed.MINUTE);
    assertThat(second.stretch().get()).isEqualTo(Stretch.WEEK);
  }

  @Test
  void anomaliesAreNotCountedBeforeSilverStandsNorForAnotherStretch() {
    PastDesk first = PastDesk.of(Case.FIRST_FLOW);
    first.moment();
    assertThat(first.cursor().silver().get().orElseThrow().brief())
        .isEqualTo("Silver: flow at step 3 of 9");
    assertThat(first.cursor().halted()).isFalse();

    assertThat(cursor.counted()).as("before the first look").isFalse();
    past.moment();
    past.moment();
    assertThat(cursor.silver().get()).isEmpty();
    assertThat(cursor.counted()).isTrue();
    cursor.stretch().set(Stretch.HOUR);
    assertThat(cursor.counted()).as("what was counted is of a week").isFalse();
    past.moment();
    assertThat(cursor.counted()).isTrue();
  }

  @Test
  void aStreamThatStandsBringsNothing() {
    PastDesk stopped = PastDesk.of(Case.STOPPED);
    stopped.moment();
    assertThat(stopped.cursor().halted()).isTrue();
    past.moment();
    assertThat(cursor.halted()).isFalse();
  }

  @Test
  void withoutAnEventNothingRuns() {
    PastDesk empty = PastDesk.of(Case.EMPTY);
    empty.moment();
    empty.cursor().toggle();
    assertThat(empty.cursor().isLive()).isTrue();
    assertThat(empty.cursor().playing().get()).isFalse();
  }

  @Test
  void stretchesFitTheLakeUntilAPersonChooses() {
    assertThat(Stretch.spanning(Duration.ofMinutes(3))).isEqualTo(Stretch.HOUR);
    assertThat(Stretch.spanning(Duration.ofHours(6))).isEqualTo(Stretch.SIX_HOURS);
    assertThat(Stretch.spanning(Duration.ofDays(300))).isEqualTo(Stretch.WEEK);

    Preferences preferences = Preferences.inMemory();
    PastDesk past = PastDesk.of(Case.NORMAL, preferences);
    ObjectProperty<Stretch> most = new SimpleObjectProperty<>(Stretch.DAY);
    ObjectProperty<Stretch> whole = new SimpleObjectProperty<>(Stretch.WEEK);
    FittingStretch.steer(most, past.cursor(), preferences, "most");
    FittingStretch.steer(whole, past.cursor(), preferences, "whole");
    past.moment();
    assertThat(past.cursor().spans().get()).contains(Stretch.WEEK);
    assertThat(most.get()).isEqualTo(Stretch.DAY);
    assertThat(whole.get()).isEqualTo(Stretch.WEEK);
    assertThat(preferences.value("whole")).isEmpty();
    whole.set(Stretch.HOUR);
    assertThat(preferences.value("whole")).contains("HOUR");

    ObjectProperty<Stretch> again = new SimpleObjectProperty<>(Stretch.WEEK);
    FittingStretch.steer(again, past.cursor(), preferences, "whole");
    assertThat(again.get()).isEqualTo(Stretch.HOUR);
  }
}
