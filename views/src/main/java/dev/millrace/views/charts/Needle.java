package dev.millrace.views.charts;

import dev.millrace.views.theme.Tone;
import eu.hansolo.tilesfx.Tile;
import eu.hansolo.tilesfx.Tile.SkinType;
import eu.hansolo.tilesfx.TileBuilder;
import javafx.scene.paint.Color;

/// A share as a needle over an arc, drawn by TilesFX in the theme's colours.
public final class Needle extends ThemedCanvas {

  private final Tile tile;
  private Tone tone = Tone.MUTED;
  private Color arc = Color.TRANSPARENT;

  public Needle() {
    getStyleClass().add("ring");
    tile =
        TileBuilder.create()
            .skinType(SkinType.GAUGE2)
            .title("")
            .text("")
            .unit("")
            .minValue(0)
            .maxValue(100)
            .decimals(0)
            .animated(false)
            .roundedCorners(false)
            .textVisible(false)
            .valueVisible(false)
            .backgroundColor(Color.TRANSPARENT)
            .build();
    tile.setMinSize(0, 0);
    tile.setMouseTransparent(true);
    tile.setFocusTraversable(false);
    getChildren().add(tile);
  }

  /// @param percent 0 to 100
  public void show(double percent, Tone next) {
    double within = Math.clamp(percent, 0, 100);
    if (tile.getValue() != within) {
      tile.setValue(within);
    }
    if (tone != next) {
      tone = next;
      colour();
    }
  }

  @Override
  protected void layoutChildren() {
    super.layoutChildren();
    colour();
    boolean recoloured = !grid().equals(arc);
    arc = grid();
    // TilesFX keeps a margin of its own; the tile is laid out larger so that the arc fills us.
    double size = Math.min(getWidth(), getHeight()) + 18;
    if (recoloured) {
      // It paints its arc anew only when its size changes.
      tile.resize(size - 1, size - 1);
    }
    tile.resizeRelocate((getWidth() - size) / 2, (getHeight() - size) / 2 + 3, size, size);
  }

  /// TilesFX has no colours in stylesheets, so that ours are handed on.
  private void colour() {
    tile.setForegroundBaseColor(grid());
    tile.setBarColor(of(tone));
    tile.setBarBackgroundColor(grid());
    tile.setNeedleColor(ink());
    tile.setTitleColor(Color.TRANSPARENT);
    tile.setTextColor(Color.TRANSPARENT);
    tile.setUnitColor(Color.TRANSPARENT);
    tile.setValueColor(Color.TRANSPARENT);
    tile.setTickLabelColor(Color.TRANSPARENT);
    tile.setBorderColor(Color.TRANSPARENT);
  }

  @Override
  protected void paint(Pen g, double width, double height) {
    // The tile draws.
  }
}
