package dev.millrace.views.charts;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.css.CssMetaData;
import org.junit.jupiter.api.Test;

class ThemedCanvasTest {

  /// A subclass with properties of its own takes these over when it is loaded, which may be before
  /// the first canvas is made.
  @Test
  void theColoursOfTheThemeAreKnownWithoutACanvas() {
    assertThat(ThemedCanvas.themedMetaData())
        .extracting(CssMetaData::getProperty)
        .contains("-chart-ground", "-chart-ink", "-chart-warning", "-chart-eighth");
  }
}
