package dev.millrace.views.charts;

import dev.millrace.views.charts.HeatmapPicture.Cell;
import dev.millrace.views.theme.Fonts;
import dev.millrace.views.theme.Tone;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import javafx.css.CssMetaData;
import javafx.css.PseudoClass;
import javafx.css.Styleable;
import javafx.css.StyleableProperty;
import javafx.css.StyleablePropertyFactory;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;
import javafx.util.Duration;

/// Places as a grid of coloured cells with a legend. Hover or arrow keys tell a cell's detail; a
/// click, Enter or Space chooses it.
public final class Heatmap extends ThemedCanvas {

  private static final StyleablePropertyFactory<Heatmap> FACTORY =
      new StyleablePropertyFactory<>(themedMetaData());
  private static final double FOOT = 22;
  private static final int SCALES = 5;

  /// Figures of cells that have the room.
  private static final Font LARGE = Font.font(Fonts.FAMILY, 15);

  private final StyleableProperty<Color> heat0 = stop("heat0", "-heat-0", 0);
  private final StyleableProperty<Color> heat1 = stop("heat1", "-heat-1", 1);
  private final StyleableProperty<Color> heat2 = stop("heat2", "-heat-2", 2);
  private final StyleableProperty<Color> heat3 = stop("heat3", "-heat-3", 3);
  private final StyleableProperty<Color> heat4 = stop("heat4", "-heat-4", 4);
  private final StyleableProperty<Color> heat5 = stop("heat5", "-heat-5", 5);
  private final StyleableProperty<Color> heat6 = stop("heat6", "-heat-6", 6);

  private final TextRuler ruler = new TextRuler(SMALL);
  private final Tooltip tooltip = new Tooltip();
  private HeatmapPicture picture = HeatmapPicture.EMPTY;
  private ColourScale colours = ColourScale.of(Color.BLACK, Color.WHITE);
  private Consumer<String> onChoose = _ -> {};
  private int cursorRow = -1;
  private int cursorColumn = -1;
  private boolean roomy;
  private double left;
  private double top;
  private double cellWidth = 1;
  private double cellHeight = 1;

  public Heatmap() {
    getStyleClass().add("heatmap");
    setFocusTraversable(true);
    setAccessibleRole(AccessibleRole.IMAGE_VIEW);
    setAccessibleText("Heatmap by place");
    tooltip.setShowDelay(Duration.millis(120));
    tooltip.setShowDuration(Duration.minutes(2));
    tooltip.getStyleClass().add("chart-tooltip");
    for (StyleableProperty<Color> stop : stops()) {
      ((javafx.beans.Observable) stop).addListener(_ -> requestLayout());
    }
    setOnMouseMoved(e -> hover(e.getX(), e.getY()));
    setOnMouseExited(_ -> moveCursor(-1, -1));
    setOnMouseClicked(
        e -> {
          requestFocus();
          hover(e.getX(), e.getY());
          choose();
        });
    setOnKeyPressed(this::steer);
    focusedProperty().addListener(_ -> repaint());
  }

  public void show(HeatmapPicture next) {
    if (next.scale() != picture.scale() || picture.rowCount() == 0) {
      for (int i = 0; i < SCALES; i++) {
        pseudoClassStateChanged(
            PseudoClass.getPseudoClass("scale-" + i), i == next.scale() % SCALES);
      }
    }
    picture = next;
    tell();
    repaint();
  }

  /// Puts column names above and a full legend below, as for a room of its own.
  public void roomy() {
    roomy = true;
    repaint();
  }

  /// Told the place of a cell that a person chooses.
  public void onChoose(Consumer<String> choice) {
    onChoose = choice;
  }

  @Override
  protected void layoutChildren() {
    colours =
        ColourScale.of(stops().stream().map(StyleableProperty::getValue).toArray(Color[]::new));
    super.layoutChildren();
  }

  @Override
  protected void paint(Pen g, double width, double height) {
    if (picture.rowCount() == 0) {
      return;
    }
    boolean named = !picture.rows().isEmpty();
    left = named ? leftMargin(width) : 0;
    double names = picture.columns().isEmpty() ? 0 : FOOT;
    top = roomy ? names : 0;
    double foot = roomy ? HeatmapLegend.BELOW : names;
    cellWidth = (width - left - (roomy ? 0 : HeatmapLegend.BESIDE)) / picture.columnCount();
    cellHeight = (height - top - foot) / picture.rowCount();
    g.setTextBaseline(VPos.CENTER);
    g.setFont(SMALL);
    paintEmptyPositions(g);
    for (Cell cell : picture.cells()) {
      paintCell(g, cell, named);
    }
    paintRowNames(g);
    paintColumnNames(g, roomy ? 8 : height - 8);
    HeatmapLegend legend =
        new HeatmapLegend(picture, colours, ruler, ink(), muted(), of(Tone.WARNING), of(Tone.BAD));
    if (roomy) {
      legend.below(g, left, height - foot, width - left);
    } else {
      legend.beside(g, width - HeatmapLegend.BESIDE + 14, height - foot);
    }
    if (cursorRow >= 0 && cursorRow < picture.rowCount() && cursorColumn < picture.columnCount()) {
      g.setStroke(ink());
      g.setLineWidth(1.5);
      g.strokeRoundRect(
          Math.round(left + cursorColumn * cellWidth) - 0.25,
          Math.round(top + cursorRow * cellHeight) - 0.25,
          Math.round(cellWidth) - 1.5,
          Math.round(cellHeight) - 1.5,
          7,
          7);
    }
  }

  private double leftMargin(double width) {
    double widest = 0;
    for (String row : picture.rows()) {
      widest = Math.max(widest, ruler.width(row));
    }
    return Math.min(Math.ceil(widest) + 12, width * 0.22);
  }

  private void paintEmptyPositions(Pen g) {
    g.setFill(grid().deriveColor(0, 1, 1, 0.35));
    for (int row = 0; row < picture.rowCount(); row++) {
      for (int column = 0; column < picture.columnCount(); column++) {
        box(g, row, column);
      }
    }
  }

  private void box(Pen g, int row, int column) {
    double x = Math.round(left + column * cellWidth);
    double y = Math.round(top + row * cellHeight);
    double gap = gap();
    double round = round();
    g.fillRoundRect(
        x,
        y,
        Math.round(left + (column + 1) * cellWidth) - x - gap,
        Math.round(top + (row + 1) * cellHeight) - y - gap,
        round,
        round);
  }

  /// Small cells stand closer and keep their corners, or there would be more gap than colour.
  private double gap() {
    return cellWidth < 14 || cellHeight < 14 ? 1 : 2;
  }

  private double round() {
    return Math.clamp(Math.min(cellWidth, cellHeight) / 3 - 2, 0, 6);
  }

  private void paintCell(Pen g, Cell cell, boolean named) {
    double x = Math.round(left + cell.column() * cellWidth);
    double y = Math.round(top + cell.row() * cellHeight);
    double wide = Math.round(left + (cell.column() + 1) * cellWidth) - x - gap();
    double tall = Math.round(top + (cell.row() + 1) * cellHeight) - y - gap();
    if (cell.silent()) {
      hatch(g, x, y, wide, tall);
    }
    Color colour = ground();
    if (!cell.silent()) {
      colour = colours.at((cell.value() - picture.low()) / (picture.high() - picture.low()));
      g.setFill(colour);
      box(g, cell.row(), cell.column());
    }
    g.setTextAlign(TextAlignment.CENTER);
    g.setFill(cell.silent() ? muted() : ColourScale.inkOn(colour));
    double middle = y + tall / 2;
    boolean twoLines = !named && tall > 34 && !cell.name().isEmpty();
    boolean large = roomy && wide > 64 && tall > 52;
    if (picture.numbers() && wide >= ruler.width(cell.text()) + 4 && tall > 13) {
      g.setFont(large ? LARGE : SMALL);
      g.fillText(cell.text(), x + wide / 2, twoLines ? middle + 8 : middle);
      g.setFont(SMALL);
    }
    if (twoLines) {
      g.setGlobalAlpha(0.8);
      g.fillText(ruler.fit(cell.name(), wide - 8), x + wide / 2, middle - 8);
      g.setGlobalAlpha(1);
    }
    if (cell.mark() != Tone.MUTED) {
      mark(g, cell.mark(), x, y, wide, tall);
    }
    if (cell.chosen()) {
      g.setStroke(of(Tone.ACCENT));
      g.setLineWidth(2.5);
      g.strokeRoundRect(x - 0.5, y - 0.5, wide + 1, tall + 1, 6, 6);
      g.setStroke(Color.WHITE);
      g.setLineWidth(1.2);
      g.strokeRoundRect(x + 1.5, y + 1.5, wide - 3, tall - 3, 5, 5);
    }
  }

  private void mark(Pen g, Tone tone, double x, double y, double wide, double tall) {
    boolean small = Math.min(wide, tall) < 14;
    if (small || !roomy) {
      g.setStroke(small ? of(tone) : ink());
      g.setLineWidth(small ? 1.4 : 2);
      double inset = small ? 0.5 : 1;
      g.strokeRoundRect(x + inset, y + inset, wide - 2 * inset, tall - 2 * inset, round(), round());
    }
    if (small) {
      return;
    }
    double size = Math.min(9, Math.min(wide, tall) / 2.4);
    HeatmapLegend.dot(g, x + wide - size / 2 - 3.5, y + size / 2 + 3.5, size, of(tone));
  }

  private void hatch(Pen g, double x, double y, double wide, double tall) {
    HeatmapLegend.hatch(g, x, y, wide, tall, muted());
  }

  private void paintRowNames(Pen g) {
    g.setTextAlign(TextAlignment.LEFT);
    int every = Math.max(1, (int) Math.ceil(13 / cellHeight));
    int chosen = chosen(Cell::row);
    for (int row = 0; row < picture.rows().size(); row++) {
      boolean clear = chosen < 0 || Math.abs(row - chosen) >= every;
      if (row == chosen || (row % every == 0 && clear)) {
        name(g, row == chosen);
        g.fillText(
            ruler.fit(picture.rows().get(row), left - 8),
            0,
            Math.max(6, top + (row + 0.5) * cellHeight - 1));
      }
    }
    g.setFont(SMALL);
  }

  private void paintColumnNames(Pen g, double y) {
    g.setTextAlign(TextAlignment.CENTER);
    double widest = 1;
    for (String column : picture.columns()) {
      widest = Math.max(widest, ruler.width(column) + 4);
    }
    int every = roomy ? Math.max(1, (int) Math.ceil(Math.min(widest, 34) / cellWidth)) : 1;
    int chosen = chosen(Cell::column);
    for (int column = 0; column < picture.columns().size(); column++) {
      if (column % every == 0 || column == chosen) {
        name(g, column == chosen);
        g.fillText(
            ruler.fit(picture.columns().get(column), Math.max(cellWidth * every - 4, 20)),
            left + (column + 0.5) * cellWidth - 1,
            y);
      }
    }
    g.setFont(SMALL);
  }

  private void name(Pen g, boolean strong) {
    g.setFill(strong ? ink() : muted());
    g.setFont(strong ? SMALL_STRONG : SMALL);
  }

  /// The row or column of the chosen cell of a roomy map; negative for none.
  private int chosen(ToIntFunction<Cell> where) {
    return roomy
        ? picture.cells().stream().filter(Cell::chosen).mapToInt(where).findFirst().orElse(-1)
        : -1;
  }

  private void hover(double x, double y) {
    int column = (int) Math.floor((x - snappedLeftInset() - left) / cellWidth);
    int row = (int) Math.floor((y - snappedTopInset() - top) / cellHeight);
    boolean inside =
        row >= 0 && column >= 0 && row < picture.rowCount() && column < picture.columnCount();
    moveCursor(inside ? row : -1, inside ? column : -1);
  }

  private void steer(KeyEvent event) {
    int row = Math.max(0, cursorRow);
    int column = Math.max(0, cursorColumn);
    switch (event.getCode()) {
      case LEFT -> moveCursor(row, Math.max(0, column - 1));
      case RIGHT -> moveCursor(row, Math.min(picture.columnCount() - 1, column + 1));
      case UP -> moveCursor(Math.max(0, row - 1), column);
      case DOWN -> moveCursor(Math.min(picture.rowCount() - 1, row + 1), column);
      case ENTER, SPACE -> choose();
      default -> {
        return;
      }
    }
    event.consume();
  }

  private void moveCursor(int row, int column) {
    if (row != cursorRow || column != cursorColumn) {
      cursorRow = row;
      cursorColumn = column;
      tell();
      repaint();
    }
  }

  private void tell() {
    Optional<Cell> cell = atCursor();
    if (cell.isPresent()) {
      String detail = cell.get().detail().get();
      if (!detail.equals(tooltip.getText())) {
        tooltip.setText(detail);
        setAccessibleText(detail);
      }
      Tooltip.install(this, tooltip);
    } else {
      tooltip.hide();
      Tooltip.uninstall(this, tooltip);
    }
  }

  private void choose() {
    atCursor().ifPresent(cell -> onChoose.accept(cell.place()));
  }

  private Optional<Cell> atCursor() {
    return picture.cells().stream()
        .filter(c -> c.row() == cursorRow && c.column() == cursorColumn)
        .findFirst();
  }

  private List<StyleableProperty<Color>> stops() {
    return List.of(heat0, heat1, heat2, heat3, heat4, heat5, heat6);
  }

  private StyleableProperty<Color> stop(String name, String css, int number) {
    return FACTORY.createStyleableColorProperty(
        this, name, css, h -> h.stops().get(number), Color.gray(number / 6.0));
  }

  @Override
  public List<CssMetaData<? extends Styleable, ?>> getCssMetaData() {
    return FACTORY.getCssMetaData();
  }
}
