package dev.millrace.views.time;

import dev.millrace.views.controls.Chips;
import dev.millrace.views.controls.Hint;
import dev.millrace.views.desk.HistoryDesk.Trouble;
import dev.millrace.views.text.Clock;
import dev.millrace.views.theme.Tone;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.control.Label;
import org.kordamp.ikonli.javafx.FontIcon;

/// Says whether a picture is live or of a moment, and when that cannot be told. FX thread only.
public final class PastChip extends Label {

  private static final Duration STALE = Duration.ofSeconds(60);

  private final TimeCursor cursor;
  private final Clock clock;
  private final ObservableBooleanValue looking;
  private final ReadOnlyObjectProperty<Optional<Trouble>> trouble;

  public PastChip(
      TimeCursor cursor,
      Clock clock,
      ObservableBooleanValue looking,
      ReadOnlyObjectProperty<Optional<Trouble>> trouble) {
    super("", new FontIcon("mdi2c-circle-medium"));
    this.cursor = cursor;
    this.clock = clock;
    this.looking = looking;
    this.trouble = trouble;
    getStyleClass().addAll("chip", Tone.MUTED.styleClass());
    setId("past-chip");
    setMinWidth(USE_PREF_SIZE);
    Hint.on(this, () -> trouble.get().map(t -> t.what() + "\n" + t.remedy() + ".").orElse(""));
    cursor.at().addListener(_ -> show());
    cursor.newest().addListener(_ -> show());
    cursor.playing().addListener(_ -> show());
    cursor.stream().addListener(_ -> show());
    trouble.addListener(_ -> show());
    looking.addListener(_ -> show());
    show();
  }

  private void show() {
    Optional<Trouble> wrong = trouble.get();
    if (wrong.isPresent()) {
      Chips.show(this, "The past cannot be told", "mdi2a-alert-circle-outline", Tone.BAD);
      return;
    }
    if (!cursor.isLive()) {
      String words = cursor.playing().get() ? ", replay" : looking.get() ? ", looking" : "";
      Chips.show(
          this, clock.second(cursor.shown(), cursor.now()) + words, "mdi2h-history", Tone.ACCENT);
      return;
    }
    Instant newest = cursor.newest().get();
    if (newest.equals(Instant.EPOCH)) {
      Chips.show(this, "No reading yet", "mdi2c-circle-medium", Tone.MUTED);
    } else if (!cursor.halted() && Duration.between(newest, cursor.now()).compareTo(STALE) < 0) {
      Chips.show(this, "Live", "mdi2c-circle-medium", Tone.GOOD);
    } else {
      Chips.show(
          this,
          "As of " + clock.minute(newest, cursor.now()),
          "mdi2c-clock-alert-outline",
          Tone.WARNING);
    }
  }
}
