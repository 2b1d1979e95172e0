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
import java.util.function.BiConsumer;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.paint.Color;
import javafx.scene.text.TextAlignment;

/// Runs as columns and steps as rows, each square in the colour and with the mark of its state; the
/// newest at the right. Below, all of them as a strip that shows where failures lie and which part
/// is on show. Only what is on show is painted, however many there are.
public final class RunsGrid extends ThemedCanvas {

  private static final double NAMES = 172;
  private static final double HEAD = 36;
  private static final double AXIS = 20;
  private static final double STRIP = 12;
  private static final double PITCH_MOST = 40;
  private static final double PITCH_LEAST = 5;

  private final TextRuler ruler = new TextRuler(SMALL);
  private final Clock clock;
  private final BiConsumer<Long, String> chosen;
  private final Tooltip tooltip = new Tooltip();
  private RunsPicture picture = RunsPicture.EMPTY;

  /// Columns hidden at the right.
  private int back;

  private int columns;
  private int first;
  private double pitch = PITCH_MOST;
  private double rowHeight = 20;
  private double right;
  private boolean dragsStrip;

  /// @param chosen told which run and step a person points at; the step is empty in the head
  public RunsGrid(Clock clock, BiConsumer<Long, String> chosen) {
    this.clock = clock;
    this.chosen = chosen;
    getStyleClass().add("runs-grid");
    setFocusTraversable(true);
    setAccessibleRole(AccessibleRole.TABLE_VIEW);
    setAccessibleText("Runs and their steps; arrow keys move, Enter shows all steps");
    tooltip.getStyleClass().add("chart-tooltip");
    setOnMousePressed(this::press);
    setOnMouseDragged(this::drag);
    setOnMouseMoved(this::hover);
    setOnMouseExited(_ -> tooltip.hide());
    setOnScroll(this::scroll);
    setOnKeyPressed(this::steer);
    focusedProperty().addListener((_, _, _) -> repaint());
  }

  public void show(RunsPicture next) {
    boolean other = next.run() != picture.run();
    picture = next;
    back = Math.clamp(back, 0, Math.max(0, next.runs().size() - 1));
    if (other) {
      reveal(next.chosen());
    }
    repaint();
  }

  private void reveal(int column) {
    if (column < 0 || columns <= 0) {
      return;
    }
    int last = picture.runs().size() - 1 - back;
    if (column > last) {
      back = picture.runs().size() - 1 - column;
    } else if (column < last - columns + 1) {
      back = picture.runs().size() - column - columns;
    }
    back = Math.max(0, back);
  }

  @Override
  protected void paint(Pen g, double width, double height) {
    int rows = picture.steps().size();
    int all = picture.runs().size();
    if (rows == 0 || width < NAMES + 40) {
      return;
    }
    right = width - 4;
    double room = right - NAMES;
    pitch = Math.clamp(room / Math.max(1, all), PITCH_LEAST, PITCH_MOST);
    columns = (int) Math.floor(room / pitch);
    boolean strip = all > columns;
    back = Math.clamp(back, 0, Math.max(0, all - columns));
    double foot = AXIS + (strip ? STRIP + 8 : 0);
    rowHeight = Math.clamp((height - HEAD - foot) / rows, 12, 34);
    first = Math.max(0, all - back - columns);
    int last = Math.min(all, first + columns);
    g.setTextBaseline(VPos.CENTER);
    paintNames(g, rows);
    double longest = 1;
    for (int i = first; i < last; i++) {
      FlowRun run = picture.runs().get(i);
      // One that hangs must not flatten the others.
      longest = run.finishedAt().isPresent() ? Math.max(longest, seconds(run)) : longest;
    }
    for (int i = first; i < last; i++) {
      paintRun(g, picture.runs().get(i), left(i), longest);
    }
    paintAxis(g, last, HEAD + rows * rowHeight + AXIS / 2 + 2);
    int column = picture.chosen();
    if (column >= first && column < last) {
      g.setStroke(of(Tone.ACCENT));
      g.setLineWidth(isFocused() ? 2 : 1.4);
      g.strokeRoundRect(left(column) - 1, 1, pitch + 1, HEAD + rows * rowHeight + 1, 4, 4);
    }
    if (strip) {
      paintStrip(g, height - STRIP);
    }
  }

  private void paintNames(Pen g, int rows) {
    g.setTextAlign(TextAlignment.LEFT);
    g.setFont(SMALL);
    g.setFill(muted());
    g.fillText("Duration", 6, HEAD / 2 + 2);
    for (int i = 0; i < rows; i++) {
      String step = picture.steps().get(i);
      double y = HEAD + i * rowHeight;
      boolean marked = step.equals(picture.step());
      if (marked) {
        g.setFill(of(Tone.ACCENT).deriveColor(0, 1, 1, 0.14));
        g.fillRoundRect(0, y, right, rowHeight, 4, 4);
      }
      g.setFont(marked ? SMALL_STRONG : SMALL);
      g.setFill(marked ? ink() : muted());
      g.fillText(ruler.fit(StepNames.brief(step), NAMES - 12), 6, y + rowHeight / 2);
    }
  }

  private void paintRun(Pen g, FlowRun run, double x, double longest) {
    double wide = Math.max(2, pitch - (pitch > 12 ? 4 : pitch > 7 ? 2 : 1));
    double tall = Math.max(3, (HEAD - 12) * Math.min(1, seconds(run) / longest));
    if (run.state() != RunState.QUEUED) {
      g.setFill(colour(run.state()).deriveColor(0, 1, 1, 0.62));
      g.fillRoundRect(x, HEAD - 5 - tall, wide, tall, 3, 3);
    }
    for (int i = 0; i < picture.steps().size(); i++) {
      StepRun step = step(run, i);
      double y = HEAD + i * rowHeight;
      double tallest = Math.min(22, rowHeight - 4);
      paintState(
          g,
          step == null ? RunState.SKIPPED : step.state(),
          step == null,
          new Box(x, y + (rowHeight - Math.min(wide, tallest)) / 2, wide, Math.min(wide, tallest)));
    }
  }

  /// Where a state is painted.
  private record Box(double x, double y, double wide, double tall) {

    double middleX() {
      return x + wide / 2;
    }

    double middleY() {
      return y + tall / 2;
    }

    double arc() {
      return tall > 8 ? 4 : 2;
    }

    void fill(Pen g) {
      g.fillRoundRect(x, y, wide, tall, arc(), arc());
    }

    void outline(Pen g) {
      g.strokeRoundRect(x + 0.5, y + 0.5, wide - 1, tall - 1, arc(), arc());
    }

    /// A line through the middle, to so many pixels at each side and up.
    void line(Pen g, double across, double up) {
      g.strokeLine(middleX() - across, middleY() + up, middleX() + across, middleY() - up);
    }
  }

  private void paintState(Pen g, RunState state, boolean unknown, Box box) {
    boolean marks = box.tall() >= 9;
    double mark = box.tall() * 0.2;
    g.setLineWidth(1.2);
    g.setFill(colour(state));
    g.setStroke(colour(state));
    switch (state) {
      case SUCCEEDED -> box.fill(g);
      case FAILED -> {
        box.fill(g);
        if (marks) {
          g.setStroke(Color.WHITE);
          box.line(g, mark, mark);
          box.line(g, mark, -mark);
        }
      }
      case RUNNING -> {
        box.outline(g);
        g.fillOval(box.middleX() - mark, box.middleY() - mark, 2 * mark, 2 * mark);
      }
      case QUEUED -> box.outline(g);
      case CANCELLED -> {
        box.outline(g);
        if (marks) {
          box.line(g, mark, mark);
        }
      }
      case SKIPPED -> {
        if (unknown) {
          g.setFill(grid());
          box.fill(g);
        } else {
          box.outline(g);
          if (marks) {
            box.line(g, mark, 0);
          }
        }
      }
    }
  }

  private Color colour(RunState state) {
    return state == RunState.SKIPPED ? of(Tone.WARNING) : of(Chips.tone(state));
  }

  private void paintAxis(Pen g, int last, double y) {
    g.setFont(SMALL);
    g.setTextAlign(TextAlignment.CENTER);
    double free = NAMES - 1;
    int chosenColumn = picture.chosen();
    for (int i = first; i < last; i++) {
      String words = clock.minute(picture.runs().get(i).startedAt(), picture.now());
      double centre = left(i) + pitch / 2 - 2;
      double half = ruler.width(words) / 2;
      boolean strong = i == chosenColumn;
      if (strong || (centre - half > free + 22 && !near(i, chosenColumn, half))) {
        double at = Math.min(Math.max(centre, NAMES + half), right - half);
        g.setFont(strong ? SMALL_STRONG : SMALL);
        g.setFill(strong ? ink() : muted());
        g.fillText(words, at, y);
        free = at + half;
      }
    }
  }

  /// Whether words at this column would touch those of the chosen one.
  private boolean near(int column, int chosenColumn, double half) {
    return chosenColumn >= first && Math.abs(column - chosenColumn) * pitch < 2 * half + 24;
  }

  private void paintStrip(Pen g, double y) {
    int all = picture.runs().size();
    double room = right - NAMES;
    g.setFill(grid());
    g.fillRoundRect(NAMES, y, room, STRIP - 2, 4, 4);
    g.setFill(of(Tone.BAD));
    double before = -1;
    for (int i = 0; i < all; i++) {
      if (picture.runs().get(i).state() == RunState.FAILED) {
        double x = Math.floor(NAMES + room * i / all);
        if (x != before) {
          g.fillRect(x, y + 1, 1.4, STRIP - 4);
          before = x;
        }
      }
    }
    g.setStroke(of(Tone.ACCENT));
    g.setFill(of(Tone.ACCENT).deriveColor(0, 1, 1, 0.25));
    double x = NAMES + room * first / all;
    double wide = Math.max(8, room * columns / all);
    x = Math.min(x, right - wide);
    g.fillRoundRect(x, y - 1, wide, STRIP, 4, 4);
    g.strokeRoundRect(x + 0.5, y - 0.5, wide - 1, STRIP - 1, 4, 4);
    g.setTextAlign(TextAlignment.LEFT);
    g.setFont(SMALL);
    g.setFill(muted());
    g.fillText(Figures.compact(all) + " runs", 6, y + STRIP / 2 - 1);
  }

  private double left(int column) {
    int painted = Math.min(picture.runs().size(), columns);
    return Math.floor(right - (painted - (column - first)) * pitch) + 2;
  }

  private @org.jspecify.annotations.Nullable StepRun step(FlowRun run, int row) {
    String name = picture.steps().get(row);
    List<StepRun> steps = run.steps();
    if (row < steps.size() && steps.get(row).step().equals(name)) {
      return steps.get(row);
    }
    return steps.stream().filter(s -> s.step().equals(name)).findFirst().orElse(null);
  }

  private double seconds(FlowRun run) {
    Instant end = run.finishedAt().orElse(picture.now());
    return Math.max(1, Duration.between(run.startedAt(), end).toMillis()) / 1000.0;
  }

  private Optional<FlowRun> runAt(double x) {
    int painted = Math.min(picture.runs().size(), columns);
    int column = first + (int) Math.floor((x - (right - painted * pitch)) / pitch);
    return x < NAMES || column < first || column >= Math.min(picture.runs().size(), first + columns)
        ? Optional.empty()
        : Optional.of(picture.runs().get(column));
  }

  private String stepAt(double y) {
    int row = (int) Math.floor((y - HEAD) / rowHeight);
    return y < HEAD || row >= picture.steps().size() ? "" : picture.steps().get(row);
  }

  private boolean onStrip(double y) {
    return picture.runs().size() > columns && y > getHeight() - STRIP - 4;
  }

  private void press(MouseEvent e) {
    requestFocus();
    dragsStrip = onStrip(e.getY());
    if (dragsStrip) {
      drag(e);
    } else if (e.getX() < NAMES) {
      String step = stepAt(e.getY());
      if (picture.run() >= 0) {
        chosen.accept(picture.run(), step);
      }
    } else {
      runAt(e.getX()).ifPresent(run -> chosen.accept(run.id(), stepAt(e.getY())));
    }
  }

  private void drag(MouseEvent e) {
    if (dragsStrip) {
      int all = picture.runs().size();
      double share = Math.clamp((e.getX() - NAMES) / (right - NAMES), 0, 1);
      back = Math.clamp(all - (int) Math.round(share * all) - columns / 2, 0, all - columns);
      repaint();
    }
  }

  private void scroll(ScrollEvent e) {
    if (picture.runs().size() > columns) {
      double turn = e.getDeltaY() == 0 ? e.getDeltaX() : e.getDeltaY();
      back =
          Math.clamp(
              back + (turn > 0 ? 1 : -1) * Math.max(1, columns / 10),
              0,
              picture.runs().size() - columns);
      repaint();
      e.consume();
    }
  }

  private void hover(MouseEvent e) {
    Optional<FlowRun> run = onStrip(e.getY()) ? Optional.empty() : runAt(e.getX());
    if (run.isEmpty()) {
      tooltip.hide();
      return;
    }
    String step = stepAt(e.getY());
    String text =
        "Run #%d · %s\n%s"
            .formatted(
                run.get().id(),
                clock.minute(run.get().startedAt(), picture.now()),
                step.isEmpty()
                    ? Chips.words(run.get().state())
                        + ", "
                        + Figures.span(Duration.ofMillis(Math.round(seconds(run.get()) * 1000)))
                    : StepNames.told(run.get(), step));
    tooltip.setText(text);
    tooltip.show(this, e.getScreenX() + 14, e.getScreenY() + 14);
  }

  private void steer(KeyEvent e) {
    int column = picture.chosen();
    int row = picture.steps().indexOf(picture.step());
    switch (e.getCode()) {
      case LEFT -> move(column - 1, row);
      case RIGHT -> move(column + 1, row);
      case HOME -> move(0, row);
      case END -> move(picture.runs().size() - 1, row);
      case UP -> move(column, row < 0 ? picture.steps().size() - 1 : row - 1);
      case DOWN -> move(column, row + 1 >= picture.steps().size() ? -1 : row + 1);
      case ENTER -> move(column, -1);
      default -> {
        return;
      }
    }
    e.consume();
  }

  private void move(int column, int row) {
    if (picture.runs().isEmpty()) {
      return;
    }
    int to = Math.clamp(column, 0, picture.runs().size() - 1);
    chosen.accept(picture.runs().get(to).id(), row < 0 ? "" : picture.steps().get(row));
  }
}
