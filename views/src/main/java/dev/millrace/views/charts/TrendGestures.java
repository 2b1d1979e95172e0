package dev.millrace.views.charts;

import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/// How mouse and keys steer a trend.
public final class TrendGestures {

  private static final double ZOOM = 1.25;
  private static final double DRAG = 3;

  private TrendGestures() {}

  /// What a person may do to the span on show. Times are epoch milliseconds.
  public interface View {

    /// Shows the span, or as near as there is anything to show.
    void show(long from, long to);

    /// Shows the chosen range again.
    void reset();
  }

  static void crosshair(TrendChart chart) {
    Tooltip tooltip = new Tooltip();
    tooltip.setShowDelay(Duration.millis(80));
    tooltip.getStyleClass().add("chart-tooltip");
    chart.setOnMouseMoved(
        e -> {
          chart.moveCrosshair(time(chart, e.getX()));
          String words = chart.telling(inner(chart, e.getX()), e.getY());
          if (words == null) {
            tooltip.hide();
            Tooltip.uninstall(chart, tooltip);
          } else {
            tooltip.setText(words);
            Tooltip.install(chart, tooltip);
          }
        });
    chart.setOnMouseExited(_ -> chart.moveCrosshair(-1));
    chart.setOnMouseClicked(
        e -> {
          chart.requestFocus();
          if (e.isStillSincePress()) {
            chart.choose(inner(chart, e.getX()), e.getY());
          }
        });
    chart.setOnKeyPressed(e -> steer(chart, e, null));
  }

  static void view(TrendChart chart, View view) {
    Drag drag = new Drag(chart, view);
    chart.setOnMousePressed(drag::press);
    chart.setOnMouseDragged(drag::move);
    chart.setOnScroll(e -> scroll(chart, view, e));
    chart.setOnKeyPressed(e -> steer(chart, e, view));
    var clicked = chart.getOnMouseClicked();
    chart.setOnMouseClicked(
        e -> {
          if (e.getClickCount() == 2) {
            view.reset();
          } else {
            clicked.handle(e);
          }
        });
  }

  private static double inner(TrendChart chart, double x) {
    return x - chart.snappedLeftInset();
  }

  private static long time(TrendChart chart, double x) {
    double within = inner(chart, x);
    TrendFrame frame = chart.frame();
    return within < frame.left() || within > frame.right() ? -1 : frame.time(within);
  }

  private static void scroll(TrendChart chart, View view, ScrollEvent event) {
    TrendFrame frame = chart.frame();
    if (Math.abs(event.getDeltaX()) > Math.abs(event.getDeltaY()) || event.isShiftDown()) {
      double by = event.getDeltaX() == 0 ? event.getDeltaY() : event.getDeltaX();
      pan(frame, view, -by / frame.width());
    } else if (event.getDeltaY() != 0) {
      double x = Math.clamp(inner(chart, event.getX()), frame.left(), frame.right());
      zoom(frame, view, frame.time(x), event.getDeltaY() > 0 ? 1 / ZOOM : ZOOM);
    }
    event.consume();
  }

  private static void zoom(TrendFrame frame, View view, long around, double by) {
    view.show(
        around - Math.round((around - frame.from()) * by),
        around + Math.round((frame.to() - around) * by));
  }

  /// @param share of the width to go on by
  private static void pan(TrendFrame frame, View view, double share) {
    long by = Math.round((frame.to() - frame.from()) * share);
    view.show(frame.from() + by, frame.to() + by);
  }

  private static void steer(TrendChart chart, KeyEvent event, @Nullable View view) {
    TrendFrame frame = chart.frame();
    long at = chart.crosshair() < 0 ? frame.to() : chart.crosshair();
    long step = Math.max(1, Math.round((frame.to() - frame.from()) * 8 / frame.width()));
    boolean pans = view != null && event.isShiftDown();
    switch (event.getCode()) {
      case LEFT, RIGHT -> {
        int way = event.getCode().isArrowKey() && event.getCode().name().equals("LEFT") ? -1 : 1;
        if (pans && view != null) {
          pan(frame, view, way * 0.1);
        } else {
          chart.moveCrosshair(Math.clamp(at + way * step, frame.from(), frame.to()));
        }
      }
      case HOME -> chart.moveCrosshair(frame.from());
      case END -> chart.moveCrosshair(frame.to());
      case ESCAPE -> {
        if (chart.crosshair() < 0) {
          return;
        }
        chart.moveCrosshair(-1);
      }
      case ENTER -> chart.chooseAtCrosshair();
      case PLUS, ADD, EQUALS, MINUS, SUBTRACT -> {
        if (view == null) {
          return;
        }
        boolean closer = !event.getCode().name().matches("MINUS|SUBTRACT");
        zoom(frame, view, at, closer ? 1 / ZOOM : ZOOM);
      }
      case DIGIT0, NUMPAD0 -> {
        if (view == null || event.isShortcutDown()) {
          return;
        }
        view.reset();
      }
      default -> {
        return;
      }
    }
    event.consume();
  }

  /// A pan with the mouse held down.
  private static final class Drag {
    private final TrendChart chart;
    private final View view;
    private double x;
    private TrendFrame begin = new TrendFrame(0, 0, 1, 1, 0, 1, 0, 1);

    Drag(TrendChart chart, View view) {
      this.chart = chart;
      this.view = view;
    }

    void press(MouseEvent event) {
      x = event.getX();
      begin = chart.frame();
    }

    void move(MouseEvent event) {
      if (event.getButton() == MouseButton.PRIMARY && Math.abs(event.getX() - x) >= DRAG) {
        pan(begin, view, (x - event.getX()) / begin.width());
        chart.moveCrosshair(-1);
      }
    }
  }
}
