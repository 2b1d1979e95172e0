package dev.millrace.views.charts;

import dev.millrace.views.theme.Tone;
import eu.hansolo.tilesfx.Tile;
import eu.hansolo.tilesfx.Tile.SkinType;
import eu.hansolo.tilesfx.TileBuilder;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Label;
import javafx.scene.paint.Color;

/// A share as a ring or as a needle, drawn by TilesFX in the theme's colours.
public final class Ring extends ThemedCanvas {

  private final Tile tile;
  private final Label centre = new Label();
  private Tone tone = Tone.MUTED;

  private Ring(SkinType skin) {
    getStyleClass().add("ring");
    tile =
        TileBuilder.create()
            .skinType(skin)
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
    tile.setMouseTransparent(true);
    tile.setFocusTraversable(false);
    centre.getStyleClass().add("ring-centre");
    getChildren().addAll(tile, centre);
  }

  public static Ring share() {
    return new Ring(SkinType.CIRCULAR_PROGRESS);
  }

  public static Ring needle() {
    return new Ring(SkinType.GAUGE2);
  }

  /// @param percent 0 to 100
  public void show(double percent, Tone tone, String words) {
    double within = Math.clamp(percent, 0, 100);
    if (tile.getValue() != within) {
      tile.setValue(within);
    }
    centre.setText(words);
    if (this.tone != tone) {
      this.tone = tone;
      colour();
    }
  }

  @Override
  protected void layoutChildren() {
    super.layoutChildren();
    colour();
    // TilesFX keeps a margin of its own; the tile is laid out larger so that the ring fills us.
    double size = Math.min(getWidth(), getHeight()) + 14;
    tile.resizeRelocate((getWidth() - size) / 2, (getHeight() - size) / 2, size, size);
    centre.autosize();
    centre.relocate(
        (getWidth() - centre.getWidth()) / 2, (getHeight() - centre.getHeight()) / 2);
  }

  private void colour() {
    tile.setForegroundBaseColor(ink());
    tile.setBarColor(of(tone));
    tile.setBarBackgroundColor(grid());
    tile.setNeedleColor(ink());
    tile.setTitleColor(Color.TRANSPARENT);
    tile.setTextColor(Color.TRANSPARENT);
    tile.setUnitColor(Color.TRANSPARENT);
    tile.setValueColor(Color.TRANSPARENT);
    tile.setTickLabelColor(muted());
    tile.setBorderColor(Color.TRANSPARENT);
  }

  @Override
  protected void paint(GraphicsContext g, double width, double height) {
    // The tile draws.
  }
}
