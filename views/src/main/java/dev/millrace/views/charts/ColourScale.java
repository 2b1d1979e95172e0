package dev.millrace.views.charts;

import javafx.scene.paint.Color;

/// Colours from cold to hot, looked up without allocating. Needs no toolkit.
public final class ColourScale {

  private static final int STEPS = 256;

  private final Color[] steps = new Color[STEPS];

  private ColourScale(Color[] stops) {
    for (int i = 0; i < STEPS; i++) {
      double at = i / (double) (STEPS - 1) * (stops.length - 1);
      int stop = Math.min((int) at, stops.length - 2);
      steps[i] = stops[stop].interpolate(stops[stop + 1], at - stop);
    }
  }

  /// @param stops at least two, evenly spread
  public static ColourScale of(Color... stops) {
    return new ColourScale(stops);
  }

  /// @param share 0 cold to 1 hot; outside is the nearer end
  public Color at(double share) {
    double within = Double.isNaN(share) ? 0 : Math.clamp(share, 0, 1);
    return steps[(int) Math.round(within * (STEPS - 1))];
  }

  /// Ink that can be read on that ground.
  public static Color inkOn(Color ground) {
    return luminance(ground) > 0.22 ? DARK_INK : LIGHT_INK;
  }

  /// Relative luminance by WCAG 2.2, 0 to 1.
  public static double luminance(Color colour) {
    return 0.2126 * linear(colour.getRed())
        + 0.7152 * linear(colour.getGreen())
        + 0.0722 * linear(colour.getBlue());
  }

  private static double linear(double channel) {
    return channel <= 0.04045 ? channel / 12.92 : Math.pow((channel + 0.055) / 1.055, 2.4);
  }

  private static final Color DARK_INK = Color.rgb(13, 17, 23, 0.88);
  private static final Color LIGHT_INK = Color.rgb(255, 255, 255, 0.92);
}
