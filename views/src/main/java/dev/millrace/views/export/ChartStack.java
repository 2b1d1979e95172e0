package dev.millrace.views.export;

import dev.millrace.views.charts.Heading;
import dev.millrace.views.charts.ThemedCanvas;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;

/// Charts below one another as one picture, as they stand on the screen, under their heading.
final class ChartStack {

  /// Around all, in pixels of the screen.
  private static final double MARGIN = 12;

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
        <svg xmlns="http://www.w3.org/2000/svg" width="%1$.1f" height="%2$.1f" viewBox="-%3$.1f -%3$.1f %1$.1f %2$.1f" role="img">
        <rect x="-%3$.1f" y="-%3$.1f" width="%1$.1f" height="%2$.1f" fill="%4$s"/>
        %5$s</svg>
        """,
        width + 2 * MARGIN,
        height + 2 * MARGIN,
        MARGIN,
        charts.getFirst().groundWords(),
        body);
  }

  /// @param shots at least one
  /// @param scale their pixels for one on the screen
  static BufferedImage pixels(List<WritableImage> shots, double scale) {
    int margin = (int) Math.round(MARGIN * scale);
    int wide = shots.stream().mapToInt(shot -> (int) shot.getWidth()).max().orElse(1);
    int tall = shots.stream().mapToInt(shot -> (int) shot.getHeight()).sum();
    BufferedImage image =
        new BufferedImage(wide + 2 * margin, tall + 2 * margin, BufferedImage.TYPE_INT_RGB);
    fill(image, shots.getFirst().getPixelReader().getArgb(0, 0));
    int y = margin;
    for (WritableImage shot : shots) {
      int width = (int) shot.getWidth();
      int height = (int) shot.getHeight();
      int[] argb = new int[width * height];
      shot.getPixelReader()
          .getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), argb, 0, width);
      image.setRGB(margin, y, width, height, argb, 0, width);
      y += height;
    }
    return image;
  }

  private static void fill(BufferedImage image, int argb) {
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(new Color(argb));
    graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    graphics.dispose();
  }
}
