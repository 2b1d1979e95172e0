package dev.millrace.views.charts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.scene.paint.Color;
import org.junit.jupiter.api.Test;

/// The heat scales' steps stay apart for people who do not see red or green.
class HeatScaleTest {

  /// Machado, Oliveira and Fernandes 2009, severity 1, in linear RGB.
  private static final double[][][] DEFICIENCIES = {
    {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
    {
      {0.152286, 1.052583, -0.204868},
      {0.114503, 0.786281, 0.099216},
      {-0.003882, -0.048116, 1.051998}
    },
    {
      {0.367322, 0.860646, -0.227968},
      {0.280085, 0.672501, 0.047413},
      {-0.011820, 0.042940, 0.968881}
    }
  };

  private static final double LEAST_APART = 9;

  @Test
  void everyPairOfStepsCanBeToldApart() throws IOException {
    String css;
    try (InputStream in =
        Objects.requireNonNull(HeatScaleTest.class.getResourceAsStream("charts.css"))) {
      css = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    Matcher rule = Pattern.compile("\\{([^}]*-heat-0[^}]*)}").matcher(css);
    int scales = 0;
    while (rule.find()) {
      scales++;
      List<Color> stops = new ArrayList<>();
      Matcher stop = Pattern.compile("-heat-\\d: (#[0-9a-f]{6})").matcher(rule.group(1));
      while (stop.find()) {
        stops.add(Color.web(stop.group(1)));
      }
      assertThat(stops).hasSize(7);
      for (int kind = 0; kind < DEFICIENCIES.length; kind++) {
        for (int a = 0; a < stops.size(); a++) {
          for (int b = a + 1; b < stops.size(); b++) {
            double apart = apart(lab(stops.get(a), kind), lab(stops.get(b), kind));
            assertThat(apart)
                .as("scale %d, sight %d, steps %d and %d", scales, kind, a, b)
                .isGreaterThan(LEAST_APART);
          }
        }
      }
    }
    assertThat(scales).as("five scales in two themes").isEqualTo(10);
  }

  @Test
  void inkOnEveryStepCanBeRead() {
    for (double level = 0; level <= 1; level += 0.01) {
      Color ground = Color.gray(level);
      double paper = ColourScale.luminance(ground);
      Color ink = ColourScale.inkOn(ground);
      double words = ColourScale.luminance(ink);
      double contrast = (Math.max(paper, words) + 0.05) / (Math.min(paper, words) + 0.05);
      assertThat(contrast).as("grey %.2f", level).isGreaterThan(3.7);
    }
  }

  private static double apart(double[] a, double[] b) {
    return Math.sqrt(
        Math.pow(a[0] - b[0], 2) + Math.pow(a[1] - b[1], 2) + Math.pow(a[2] - b[2], 2));
  }

  private static double[] lab(Color colour, int kind) {
    double[] rgb = {linear(colour.getRed()), linear(colour.getGreen()), linear(colour.getBlue())};
    double[] seen = new double[3];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        seen[i] += DEFICIENCIES[kind][i][j] * rgb[j];
      }
      seen[i] = Math.clamp(seen[i], 0, 1);
    }
    double x = (0.4124 * seen[0] + 0.3576 * seen[1] + 0.1805 * seen[2]) / 0.9505;
    double y = 0.2126 * seen[0] + 0.7152 * seen[1] + 0.0722 * seen[2];
    double z = (0.0193 * seen[0] + 0.1192 * seen[1] + 0.9505 * seen[2]) / 1.089;
    return new double[] {116 * f(y) - 16, 500 * (f(x) - f(y)), 200 * (f(y) - f(z))};
  }

  private static double f(double t) {
    return t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16.0 / 116;
  }

  private static double linear(double channel) {
    return channel <= 0.04045 ? channel / 12.92 : Math.pow((channel + 0.055) / 1.055, 2.4);
  }
}
