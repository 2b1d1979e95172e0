package dev.millrace.views.time;

import dev.millrace.engine.api.EngineSnapshot.StreamState;
import dev.millrace.engine.history.ReadingHistory.AnomalyCounts;
import dev.millrace.engine.history.ReadingHistory.Extent;
import dev.millrace.views.charts.Scrubber;
import dev.millrace.views.controls.Hint;
import dev.millrace.views.controls.Segments;
import dev.millrace.views.text.Clock;
import dev.millrace.views.text.Figures;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javafx.beans.Observable;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// The bar under a room that steers the time on show. FX thread only.
public final class ScrubberBar extends HBox {

  private static final PseudoClass ON = PseudoClass.getPseudoClass("on");
  private static final PseudoClass HALTED = PseudoClass.getPseudoClass("halted");
  private static final Duration STEP = Duration.ofMinutes(1);

  private final TimeCursor cursor;
  private final Clock clock;
  private final Label time = new Label();
  private final Label day = new Label();
  private final Label behind = new Label();
  private final Label anomalies = new Label();
  private final FontIcon playIcon = new FontIcon("mdi2p-play");
  private final Button play = new Button("", playIcon);
  private String told = "";
  private final Button live = new Button("Live", new FontIcon("mdi2a-access-point"));
  private final Scrubber scrubber;

  public ScrubberBar(TimeCursor cursor, Clock clock) {
    this(cursor, clock, false);
  }

  /// One that takes little room: the time, its buttons and the bar; speed and stretch are those
  /// chosen in the rooms of the past.
  public static ScrubberBar slim(TimeCursor cursor, Clock clock) {
    return new ScrubberBar(cursor, clock, true);
  }

  private ScrubberBar(TimeCursor cursor, Clock clock, boolean slim) {
    this.cursor = cursor;
    this.clock = clock;
    scrubber = new Scrubber(clock);
    scrubber.setId("scrubber");
    scrubber.onMove(t -> cursor.show(Instant.ofEpochMilli(t)));
    HBox.setHgrow(scrubber, Priority.ALWAYS);
    scrubber.setPrefHeight(slim ? 54 : 84);
    scrubber.setMinHeight(slim ? 54 : 72);
    Hint.on(anomalies, () -> told);
    getStyleClass().addAll("card", slim ? "scrubber-slim" : "scrubber-bar");
    setSpacing(16);
    setAlignment(Pos.CENTER_LEFT);
    if (slim) {
      getChildren().setAll(slimLeft(), scrubber, slimRight());
    } else {
      getChildren().setAll(left(), scrubber, right());
    }
    for (Observable each :
        List.<Observable>of(
            cursor.at(),
            cursor.newest(),
            cursor.counts(),
            cursor.playing(),
            cursor.stretch(),
            cursor.stream(),
            cursor.silver(),
            cursor.trouble())) {
      each.addListener(_ -> show());
    }
    show();
  }

  private HBox slimLeft() {
    VBox words = new VBox(0, head(), behind);
    words.setAlignment(Pos.CENTER_LEFT);
    words.setMinWidth(142);
    behind.getStyleClass().add("scrubber-note");
    HBox box = new HBox(12, words, buttons());
    box.setAlignment(Pos.CENTER_LEFT);
    box.setMinWidth(Region.USE_PREF_SIZE);
    return box;
  }

  private VBox slimRight() {
    dressLive();
    anomalies.getStyleClass().add("scrubber-note");
    VBox box = new VBox(3, live, anomalies);
    box.setAlignment(Pos.CENTER_LEFT);
    box.setMinWidth(Region.USE_PREF_SIZE);
    return box;
  }

  private HBox head() {
    time.getStyleClass().add("scrubber-time");
    time.setId("time-shown");
    time.setMinWidth(Region.USE_PREF_SIZE);
    day.getStyleClass().add("scrubber-note");
    HBox head = new HBox(8, time, day);
    head.setAlignment(Pos.BASELINE_LEFT);
    return head;
  }

  private HBox buttons() {
    Button back = button("mdi2s-skip-previous", "A minute back (← on the bar)", "Back a minute");
    back.setId("time-back");
    back.setOnAction(_ -> cursor.step(STEP.negated()));
    Button on = button("mdi2s-skip-next", "A minute on (→ on the bar)", "On a minute");
    on.setId("time-on");
    on.setOnAction(_ -> cursor.step(STEP));
    play.setId("time-play");
    play.getStyleClass().addAll("button-icon", "scrubber-button");
    Hint.on(play, "Let the past run, or stop it (Ctrl P)");
    play.setOnAction(_ -> cursor.toggle());
    HBox buttons = new HBox(6, back, play, on);
    buttons.setAlignment(Pos.CENTER_LEFT);
    return buttons;
  }

  private VBox left() {
    Segments<Speed> speeds = new Segments<>(Speed::words);
    speeds.setId("time-speed");
    speeds.choices(List.of(Speed.values()));
    speeds.chosen().bindBidirectional(cursor.speed());
    VBox box = new VBox(6, head(), buttons(), speeds);
    box.setAlignment(Pos.CENTER_LEFT);
    box.setMinWidth(Region.USE_PREF_SIZE);
    return box;
  }

  private void dressLive() {
    live.setId("time-live");
    live.getStyleClass().add("live-button");
    live.setMaxWidth(Double.MAX_VALUE);
    Hint.on(live, "Back to what is live (Ctrl L)");
    live.setOnAction(_ -> cursor.live());
  }

  private VBox right() {
    dressLive();
    behind.getStyleClass().add("scrubber-note");
    anomalies.getStyleClass().add("scrubber-note");
    Segments<Stretch> stretches = new Segments<>(Stretch::words);
    stretches.setId("time-stretch");
    stretches.choices(List.of(Stretch.values()));
    stretches.chosen().bindBidirectional(cursor.stretch());
    VBox box = new VBox(5, live, stretches, behind, anomalies);
    box.setAlignment(Pos.CENTER_LEFT);
    box.setMinWidth(Region.USE_PREF_SIZE);
    return box;
  }

  private static Button button(String icon, String tip, String name) {
    Button button = new Button("", new FontIcon(icon));
    button.getStyleClass().addAll("button-icon", "scrubber-button");
    Hint.on(button, tip);
    button.setAccessibleText(name);
    return button;
  }

  private void show() {
    Instant newest = cursor.newest().get();
    boolean known = !newest.equals(Instant.EPOCH);
    boolean past = !cursor.isLive();
    Instant shown = cursor.shown();
    setDisable(!known);
    time.setText(known ? clock.second(shown) : "–");
    day.setText(!known ? "" : clock.isToday(shown, cursor.now()) ? "today" : clock.day(shown));
    playIcon.setIconLiteral(cursor.playing().get() ? "mdi2p-pause" : "mdi2p-play");
    play.setAccessibleText(cursor.playing().get() ? "Stop" : "Play");
    live.pseudoClassStateChanged(ON, !past);
    boolean halted = cursor.halted();
    live.setText(past ? (halted ? "To the newest" : "Back to live") : halted ? "Newest" : "Live");
    live.pseudoClassStateChanged(HALTED, halted);
    behind.setText(
        past
            ? Figures.span(Duration.between(shown, newest)) + " behind"
            : !known ? "no event yet" : halted ? standing() : "follows the newest event");
    tellAnomalies();
    long to = cursor.to().toEpochMilli();
    AnomalyCounts counts = cursor.counts().get();
    scrubber.show(
        new Scrubber.Picture(
            cursor.from().toEpochMilli(),
            to,
            shown.toEpochMilli(),
            !past,
            halted,
            cursor.extent().get().map(Extent::first).orElse(Instant.EPOCH).toEpochMilli(),
            slots(counts.critical()),
            slots(counts.other())));
    scrubber.setAccessibleText(
        "Time on show " + time.getText() + "; arrow keys move it by a minute, with Shift by ten");
  }

  private String standing() {
    return cursor.stream().get().filter(s -> s == StreamState.FAILED).isPresent()
        ? "the stream has failed"
        : "the stream is stopped";
  }

  private void tellAnomalies() {
    String brief;
    String whole;
    if (cursor.trouble().get().isPresent()) {
      brief = "the lake does not answer";
      whole = cursor.trouble().get().get().what() + "\n" + cursor.trouble().get().get().remedy();
    } else if (cursor.silver().get().isPresent()) {
      brief = cursor.silver().get().get().brief();
      whole = cursor.silver().get().get().whole();
    } else if (!cursor.counted()) {
      brief = "counting anomalies …";
      whole = "The lake is asked for the anomalies of the stretch.";
    } else {
      brief = Figures.counted(cursor.counts().get().total(), "anomaly") + " in Silver";
      whole =
          "Of the last "
              + cursor.stretch().get().words()
              + ", as Silver judged them when it was last built; “Run pipeline” builds it";
    }
    anomalies.setText(brief);
    told = whole;
  }

  /// Counts of another stretch say nothing about this one.
  private long[] slots(long[] counted) {
    return cursor.counted() ? counted : new long[counted.length];
  }
}
