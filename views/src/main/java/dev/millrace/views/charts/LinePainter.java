package dev.millrace.views.charts;

import javafx.scene.paint.Color;
import javafx.scene.shape.StrokeLineJoin;

/// Paints a line of which the lowest and the highest value of each pixel column are known.
///
/// @param frame where the columns stand
/// @param wide number of columns
/// @param longestBridge columns without a reading that the line goes on over
record LinePainter(TrendFrame frame, int wide, double longestBridge) {

  private static final double LINE = 1.6;

  void paint(Pen g, Decimation line, Color colour) {
    if (spans(line) * 4 > wide) {
      fill(g, line, colour);
    } else {
      stroke(g, line, colour);
    }
  }

  /// Columns in which the line goes up and down so far that it covers them.
  private int spans(Decimation line) {
    int spans = 0;
    for (int c = 0; c < wide; c++) {
      if (line.holds(c) && spans(line, c)) {
        spans++;
      }
    }
    return spans;
  }

  private boolean spans(Decimation line, int column) {
    return frame.y(line.low(column)) - frame.y(line.high(column)) > 0.6;
  }

  private void stroke(Pen g, Decimation line, Color colour) {
    g.setStroke(colour);
    g.setLineWidth(LINE);
    g.setLineJoin(StrokeLineJoin.ROUND);
    g.beginPath();
    int before = Integer.MIN_VALUE / 2;
    for (int c = 0; c < wide; c++) {
      if (!line.holds(c)) {
        continue;
      }
      double x = frame.left() + c + 0.5;
      double high = frame.y(line.high(c));
      if (c - before > longestBridge) {
        g.moveTo(x, high);
      } else {
        g.lineTo(x, high);
      }
      if (spans(line, c)) {
        g.lineTo(x, frame.y(line.low(c)));
        g.lineTo(x, frame.y(line.last(c)));
      }
      before = c;
    }
    g.stroke();
  }

  /// Where most columns are spans the line is an area: to fill it by columns costs the renderer a
  /// fraction of what the stroke of all its ups and downs does, and is the same to the eye.
  private void fill(Pen g, Decimation line, Color colour) {
    g.setFill(colour);
    int from = 0;
    while (from < wide) {
      if (!line.holds(from)) {
        from++;
        continue;
      }
      int to = from;
      int held = from;
      while (to < wide && to - held <= longestBridge) {
        held = line.holds(to) ? to : held;
        to++;
      }
      fillColumns(g, line, from, held);
      from = held + 1;
    }
  }

  /// Both columns, and those between them; one without a reading is as the one before it left it.
  private void fillColumns(Pen g, Decimation line, int first, int last) {
    double[] top = new double[last - first + 1];
    double[] foot = new double[top.length];
    double left = frame.y(line.high(first));
    for (int c = first; c <= last; c++) {
      int i = c - first;
      top[i] = left - LINE / 2;
      foot[i] = left + LINE / 2;
      if (line.holds(c)) {
        top[i] = Math.min(top[i], frame.y(line.high(c)) - LINE / 2);
        foot[i] = Math.max(foot[i], frame.y(line.low(c)) + LINE / 2);
        left = frame.y(line.last(c));
      }
    }
    g.beginPath();
    g.moveTo(frame.left() + first, foot[0]);
    for (int i = 0; i < top.length; i++) {
      g.lineTo(frame.left() + first + i, top[i]);
      g.lineTo(frame.left() + first + i + 1, top[i]);
    }
    for (int i = top.length - 1; i >= 0; i--) {
      g.lineTo(frame.left() + first + i + 1, foot[i]);
      g.lineTo(frame.left() + first + i, foot[i]);
    }
    g.closePath();
    g.fill();
  }
}
