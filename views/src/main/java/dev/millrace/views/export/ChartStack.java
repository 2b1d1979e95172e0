package dev.millrace.views.export;

import dev.millrace.views.charts.Heading;
import dev.millrace.views.charts.ThemedCanvas;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;

/// Charts below one another as one picture, as they stand on the screen, under their heading.
final class ChartStack {

  private ChartStack() {}

  /// @param charts at least one
  static String svg(List<ThemedCanvas> charts, Heading heading) {
    StringBuilder body = new StringBuilder(charts.getFirst().svg(heading, charts.size()));
    double width = 0;
    double height = Heading.HEIGHT;
    for (int i = 0; i < charts.size(); i++) {
      ThemedCanvas chart = charts.get(i);
      String which = charts.size() == 1 ? "" : ", " + (i + 1) + " of " + charts.size();
      String picture = chart.svg(heading.title() + which, i);
      body.append(
          picture.replaceFirst("<svg ", String.format(Locale.ROOT, "<svg y=\"%.1f\" ", height)));
      width = Math.max(width, chart.getWidth());
      height += chart.getHeight();
    }
    return String.format(
        Locale.ROOT,
        """
        <svg xmlns="http://www.w3.org/2000/svg" width="%1$.1f" height="%2$.1f" viewBox="0 0 %1$.1f %2$.1f" role="img">
        %3$s</svg>
        """,
        width,
        height,
        body);
  }

  /// @param shots at least one
  static BufferedImage pixels(List<WritableImage> shots) {
    int wide = shots.stream().mapToInt(shot -> (int) shot.getWidth()).max().orElse(1);
    int tall = shots.stream().mapToInt(shot -> (int) shot.getHeight()).sum();
    BufferedImage image = new BufferedImage(wide, tall, BufferedImage.TYPE_INT_RGB);
    int y = 0;
    for (WritableImage shot : shots) {
      int width = (int) shot.getWidth();
      int height = (int) shot.getHeight();
      int[] argb = new int[width * height];
      shot.getPixelReader()
          .getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), argb, 0, width);
      image.setRGB(0, y, width, height, argb, 0, width);
      y += height;
    }
    return image;
  }
}
