package dev.millrace.views.runs;

import dev.millrace.engine.flow.FlowRun;
import dev.millrace.engine.flow.FlowRun.StepRun;
import dev.millrace.engine.flow.RunState;
import dev.millrace.views.charts.Pen;
import dev.millrace.views.charts.TextRuler;
import dev.millrace.views.charts.ThemedCanvas;
import dev.millrace.views.controls.Chips;
import dev.millrace.views.text.Clock;
import dev.millrace.views.text.Figures;
import dev.millrace.views.theme.Tone;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseEvent;
import javafx.scene.paint.Color;
import javafx.scene.text.TextAlignment;

/// The course of one run: each step as a bar over time, with how long it took and what it wrote.
public final class RunGantt extends ThemedCanvas {

  private static final double NAMES = 172;
  private static final double HEAD = 24;
  private static final double RIGHT = 64;
  private static final double[] TICKS = {
    0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200
  };

  private final TextRuler ruler = new TextRuler(SMALL);
  private final Clock clock;
  private final Tooltip tooltip = new Tooltip();
  private Optional<FlowRun> run = Optional.empty();
  private String step = "";
  private Instant now = Instant.EPOCH;
  private double rowHeight = 24;

  /// @param chosen told which step a person points at; empty for none
  public RunGantt(Clock clock, Consumer<String> chosen) {
    this.clock = clock;
    getStyleClass().addAll("runs-grid", "run-gantt");
    setAccessibleRole(AccessibleRole.IMAGE_VIEW);
    tooltip.getStyleClass().add("chart-tooltip");
    setOnMouseClicked(e -> chosen.accept(stepAt(e.getY())));
    setOnMouseMoved(this::hover);
    setOnMouseExited(_ -> tooltip.hide());
  }

  public void show(Optional<FlowRun> next, String marked, Instant at) {
    run = next;
    step = marked;
    now = at;
    setAccessibleText(
        run.map(r -> "Course of run " + r.id() + ", " + Chips.words(r.state())).orElse("No run"));
    repaint();
  }

  @Override
  protected void paint(Pen g, double width, double height) {
    if (run.isEmpty() || run.get().steps().isEmpty()) {
      return;
    }
    FlowRun shown = run.get();
    List<StepRun> steps = shown.steps();
    rowHeight = Math.clamp((height - HEAD) / steps.size(), 15, 46);
    Instant begin = shown.startedAt();
    double span =
        Math.max(0.4, Duration.between(begin, shown.finishedAt().orElse(now)).toMillis() / 1000.0);
    double room = width - NAMES - RIGHT;
    g.setTextBaseline(VPos.CENTER);
    g.setFont(SMALL);
    paintTicks(g, begin, span, room, HEAD + steps.size() * rowHeight);
    for (int i = 0; i < steps.size(); i++) {
      StepRun each = steps.get(i);
      double y = HEAD + i * rowHeight;
      boolean marked = each.step().equals(step);
      if (marked) {
        g.setFill(of(Tone.ACCENT).deriveColor(0, 1, 1, 0.14));
        g.fillRoundRect(0, y, width - 4, rowHeight, 4, 4);
      }
      g.setTextAlign(TextAlignment.LEFT);
      g.setFont(marked ? SMALL_STRONG : SMALL);
      g.setFill(marked ? ink() : muted());
      g.fillText(ruler.fit(StepNames.brief(each.step()), NAMES - 12), 6, y + rowHeight / 2);
      g.setFont(SMALL);
      paintBar(g, each, begin, span, room, y);
    }
  }

  private void paintTicks(Pen g, Instant begin, double span, double room, double bottom) {
    double each = TICKS[TICKS.length - 1];
    for (double tick : TICKS) {
      if (span / tick * 74 <= room) {
        each = tick;
        break;
      }
    }
    g.setTextAlign(TextAlignment.CENTER);
    g.setLineWidth(1);
    boolean clockTimes = each >= 60;
    for (double at = 0; at <= span + each * 0.01; at += each) {
      double x = Math.floor(NAMES + room * Math.min(1, at / span)) + 0.5;
      g.setStroke(grid());
      g.strokeLine(x, HEAD - 2, x, bottom);
      g.setFill(muted());
      g.fillText(
          at == 0
              ? clock.second(begin)
              : clockTimes
                  ? clock.minute(begin.plusMillis((long) (at * 1000)))
                  : "+" + Figures.span(Duration.ofMillis(Math.round(at * 1000))),
          x,
          HEAD / 2 - 2);
    }
  }

  private void paintBar(Pen g, StepRun each, Instant begin, double span, double room, double y) {
    double tall = Math.min(18, rowHeight - 5);
    double top = y + (rowHeight - tall) / 2;
    if (each.startedAt().isEmpty()) {
      g.setTextAlign(TextAlignment.LEFT);
      g.setFill(muted());
      if (each.state() == RunState.SKIPPED) {
        g.fillText("not run", NAMES + 4, y + rowHeight / 2);
      }
      return;
    }
    Instant end = each.finishedAt().orElse(now);
    double from = Duration.between(begin, each.startedAt().get()).toMillis() / 1000.0 / span;
    double to = Duration.between(begin, end).toMillis() / 1000.0 / span;
    double x = NAMES + room * Math.clamp(from, 0, 1);
    double wide = Math.max(3, room * Math.clamp(to - from, 0, 1));
    Tone tone = Chips.tone(each.state());
    g.setFill(tone == Tone.MUTED ? grid() : of(tone));
    g.fillRoundRect(x, top, wide, tall, 5, 5);
    String words = Figures.span(Duration.between(each.startedAt().get(), end));
    boolean inside = ruler.width(words) + 12 < wide;
    g.setTextAlign(inside ? TextAlignment.CENTER : TextAlignment.LEFT);
    g.setFill(inside ? Color.WHITE : ink());
    g.fillText(words, inside ? x + wide / 2 : x + wide + 6, y + rowHeight / 2);
    if (each.rows() > 0) {
      double after = inside ? x + wide + 6 : x + wide + 12 + ruler.width(words);
      String noun = StepNames.noun(each.step());
      String rows =
          Figures.compact(each.rows()) + " " + (each.rows() == 1 ? noun : Figures.plural(noun));
      if (after + ruler.width(rows) < NAMES + room + RIGHT) {
        g.setTextAlign(TextAlignment.LEFT);
        g.setFill(muted());
        g.fillText(rows, after, y + rowHeight / 2);
      }
    }
  }

  private String stepAt(double y) {
    int row = (int) Math.floor((y - HEAD) / rowHeight);
    return run.filter(r -> row >= 0 && row < r.steps().size())
        .map(r -> r.steps().get(row).step())
        .orElse("");
  }

  private void hover(MouseEvent e) {
    String name = stepAt(e.getY());
    if (name.isEmpty()) {
      tooltip.hide();
    } else {
      tooltip.setText(StepNames.told(run.orElseThrow(), name));
      tooltip.show(this, e.getScreenX() + 14, e.getScreenY() + 14);
    }
  }
}
