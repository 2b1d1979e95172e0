package dev.millrace.views.charts;

import dev.millrace.views.theme.Fonts;
import dev.millrace.views.theme.Tone;
import java.util.List;
import javafx.beans.InvalidationListener;
import javafx.beans.Observable;
import javafx.css.CssMetaData;
import javafx.css.SimpleStyleableObjectProperty;
import javafx.css.Styleable;
import javafx.css.StyleableProperty;
import javafx.css.StyleablePropertyFactory;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.SnapshotParameters;
import javafx.scene.canvas.Canvas;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;
import javafx.scene.transform.Transform;

/// A region filled by one canvas, painted in the theme's colours by role. FX thread only.
///
/// Painting happens at once when data change and within layout when size or colours change, so that
/// no frame shows an empty canvas.
public abstract class ThemedCanvas extends Region {

  /// How many lines have a colour of their own.
  public static final int SERIES = 8;

  /// Type of axis labels and values.
  protected static final Font SMALL = Font.font(Fonts.FAMILY, 11);

  protected static final Font SMALL_STRONG = Font.font(Fonts.FAMILY, FontWeight.BOLD, 11);

  private static final StyleablePropertyFactory<ThemedCanvas> FACTORY =
      new StyleablePropertyFactory<>(Region.getClassCssMetaData());

  // Known before the first canvas is made: a subclass adds its own to them when it is loaded.
  private static final CssMetaData<ThemedCanvas, Color> GROUND =
      FACTORY.createColorCssMetaData("-chart-ground", c -> c.ground);
  private static final CssMetaData<ThemedCanvas, Color> INK =
      FACTORY.createColorCssMetaData("-chart-ink", c -> c.ink);
  private static final CssMetaData<ThemedCanvas, Color> MUTED =
      FACTORY.createColorCssMetaData("-chart-muted", c -> c.muted);
  private static final CssMetaData<ThemedCanvas, Color> GRID =
      FACTORY.createColorCssMetaData("-chart-grid", c -> c.grid);
  private static final CssMetaData<ThemedCanvas, Color> ACCENT =
      FACTORY.createColorCssMetaData("-chart-accent", c -> c.accent);
  private static final CssMetaData<ThemedCanvas, Color> GOOD =
      FACTORY.createColorCssMetaData("-chart-good", c -> c.good);
  private static final CssMetaData<ThemedCanvas, Color> WARNING =
      FACTORY.createColorCssMetaData("-chart-warning", c -> c.warning);
  private static final CssMetaData<ThemedCanvas, Color> BAD =
      FACTORY.createColorCssMetaData("-chart-bad", c -> c.bad);
  private static final CssMetaData<ThemedCanvas, Color> SECOND =
      FACTORY.createColorCssMetaData("-chart-second", c -> c.second);
  private static final CssMetaData<ThemedCanvas, Color> THIRD =
      FACTORY.createColorCssMetaData("-chart-third", c -> c.third);
  private static final CssMetaData<ThemedCanvas, Color> FOURTH =
      FACTORY.createColorCssMetaData("-chart-fourth", c -> c.fourth);
  private static final CssMetaData<ThemedCanvas, Color> FIFTH =
      FACTORY.createColorCssMetaData("-chart-fifth", c -> c.fifth);
  private static final CssMetaData<ThemedCanvas, Color> SIXTH =
      FACTORY.createColorCssMetaData("-chart-sixth", c -> c.sixth);
  private static final CssMetaData<ThemedCanvas, Color> SEVENTH =
      FACTORY.createColorCssMetaData("-chart-seventh", c -> c.seventh);
  private static final CssMetaData<ThemedCanvas, Color> EIGHTH =
      FACTORY.createColorCssMetaData("-chart-eighth", c -> c.eighth);

  private static final Object RESTS = new Object();

  private final Canvas canvas = new Canvas();
  private final Pen pen = new CanvasPen(canvas.getGraphicsContext2D());
  private final StyleableProperty<Color> ground = colour(GROUND, "ground");
  private final StyleableProperty<Color> ink = colour(INK, "ink");
  private final StyleableProperty<Color> muted = colour(MUTED, "muted");
  private final StyleableProperty<Color> grid = colour(GRID, "grid");
  private final StyleableProperty<Color> accent = colour(ACCENT, "accent");
  private final StyleableProperty<Color> good = colour(GOOD, "good");
  private final StyleableProperty<Color> warning = colour(WARNING, "warning");
  private final StyleableProperty<Color> bad = colour(BAD, "bad");
  private final StyleableProperty<Color> second = colour(SECOND, "second");
  private final StyleableProperty<Color> third = colour(THIRD, "third");
  private final StyleableProperty<Color> fourth = colour(FOURTH, "fourth");
  private final StyleableProperty<Color> fifth = colour(FIFTH, "fifth");
  private final StyleableProperty<Color> sixth = colour(SIXTH, "sixth");
  private final StyleableProperty<Color> seventh = colour(SEVENTH, "seventh");
  private final StyleableProperty<Color> eighth = colour(EIGHTH, "eighth");

  private boolean behind;

  protected ThemedCanvas() {
    getStyleClass().add("themed-canvas");
    getChildren().add(canvas);
    setMinSize(0, 0);
    InvalidationListener recolour = _ -> requestLayout();
    for (StyleableProperty<Color> colour :
        List.of(
            ground, ink, muted, grid, accent, good, warning, bad, second, third, fourth, fifth,
            sixth, seventh, eighth)) {
      ((Observable) colour).addListener(recolour);
    }
  }

  /// Paints the whole picture; the canvas is clear.
  protected abstract void paint(Pen g, double width, double height);

  /// Lets the canvases below a node rest, until they are woken: a canvas is drawn by the renderer
  /// whenever it is painted, and counts as changed on the screen, even where nobody sees it.
  public static void rest(Node room) {
    room.getProperties().put(RESTS, true);
  }

  /// Wakes the canvases below a node; what they were to paint meanwhile they paint now.
  public static void wake(Node room) {
    room.getProperties().remove(RESTS);
    catchUp(room);
  }

  private static void catchUp(Node node) {
    if (node instanceof ThemedCanvas woken && woken.behind) {
      woken.repaint();
    }
    if (node instanceof Parent parent) {
      parent.getChildrenUnmodifiable().forEach(ThemedCanvas::catchUp);
    }
  }

  /// Whether it stands in a room that rests.
  protected final boolean rests() {
    Node each = this;
    while (each != null && !(each.hasProperties() && each.getProperties().containsKey(RESTS))) {
      each = each.getParent();
    }
    return each != null;
  }

  /// Paints now, if there is anything to paint on.
  protected final void repaint() {
    double width = canvas.getWidth();
    double height = canvas.getHeight();
    if (width < 2 || height < 2) {
      return;
    }
    behind = rests();
    if (behind) {
      return;
    }
    canvas.getGraphicsContext2D().clearRect(0, 0, width, height);
    paint(pen, width, height);
  }

  /// The picture as SVG, as it is on the screen.
  ///
  /// @param title for those who do not see it
  public final String svg(String title) {
    return svg(title, 0);
  }

  /// As the other, to stand in one document with others.
  ///
  /// @param number of the picture among those of the document
  public final String svg(String title, int number) {
    SvgPen svg = new SvgPen(canvas.getWidth(), canvas.getHeight(), number);
    svg.setFill(ground());
    svg.fillRect(0, 0, canvas.getWidth(), canvas.getHeight());
    paint(svg, canvas.getWidth(), canvas.getHeight());
    return svg.document(title);
  }

  /// Colour of the ground, in the words of SVG.
  public final String groundWords() {
    return SvgPen.hex(ground());
  }

  /// What stands above the picture, as wide as it is and in its colours.
  ///
  /// @param number of the heading among the pictures of the document
  public final String svg(Heading heading, int number) {
    SvgPen svg = new SvgPen(canvas.getWidth(), Heading.HEIGHT, number);
    svg.setFill(ground());
    svg.fillRect(0, 0, canvas.getWidth(), Heading.HEIGHT);
    heading.paint(svg, canvas.getWidth(), ink(), muted());
    return svg.document(heading.title());
  }

  /// The same in pixels.
  ///
  /// @param scale how many pixels for one on the screen
  public final WritableImage image(Heading heading, double scale) {
    Canvas above = new Canvas(canvas.getWidth(), Heading.HEIGHT);
    heading.paint(new CanvasPen(above.getGraphicsContext2D()), canvas.getWidth(), ink(), muted());
    return pixels(above, scale);
  }

  /// The picture in pixels, as it is on the screen.
  ///
  /// @param scale how many pixels for one on the screen
  public final WritableImage image(double scale) {
    return pixels(canvas, scale);
  }

  private WritableImage pixels(Canvas of, double scale) {
    SnapshotParameters parameters = new SnapshotParameters();
    parameters.setFill(ground());
    parameters.setTransform(Transform.scale(scale, scale));
    return of.snapshot(parameters, null);
  }

  @Override
  protected void layoutChildren() {
    double left = snappedLeftInset();
    double top = snappedTopInset();
    double width = Math.floor(getWidth() - left - snappedRightInset());
    double height = Math.floor(getHeight() - top - snappedBottomInset());
    if (width < 2 || height < 2) {
      return;
    }
    canvas.setWidth(width);
    canvas.setHeight(height);
    canvas.relocate(left, top);
    repaint();
  }

  @Override
  public List<CssMetaData<? extends Styleable, ?>> getCssMetaData() {
    return FACTORY.getCssMetaData();
  }

  protected static List<CssMetaData<? extends Styleable, ?>> themedMetaData() {
    return FACTORY.getCssMetaData();
  }

  protected final Color ground() {
    return or(ground, Color.BLACK);
  }

  protected final Color ink() {
    return or(ink, Color.WHITE);
  }

  protected final Color muted() {
    return or(muted, Color.GRAY);
  }

  protected final Color grid() {
    return or(grid, Color.DIMGRAY);
  }

  protected final Color of(Tone tone) {
    return switch (tone) {
      case MUTED -> muted();
      case ACCENT -> or(accent, Color.DODGERBLUE);
      case GOOD -> or(good, Color.SEAGREEN);
      case WARNING -> or(warning, Color.GOLDENROD);
      case BAD -> or(bad, Color.INDIANRED);
    };
  }

  /// Colour of the line with that number, from 0.
  protected final Color series(int number) {
    return switch (Math.floorMod(number, SERIES)) {
      case 0 -> or(accent, Color.DODGERBLUE);
      case 1 -> or(second, Color.ORANGE);
      case 2 -> or(third, Color.SEAGREEN);
      case 3 -> or(fourth, Color.ORCHID);
      case 4 -> or(fifth, Color.GOLD);
      case 5 -> or(sixth, Color.TOMATO);
      case 6 -> or(seventh, Color.TURQUOISE);
      default -> or(eighth, Color.TAN);
    };
  }

  /// Whether the ground is dark, for marks that must stand out from any colour.
  protected final boolean dark() {
    return ground().getBrightness() < 0.5;
  }

  private StyleableProperty<Color> colour(CssMetaData<ThemedCanvas, Color> meant, String name) {
    return new SimpleStyleableObjectProperty<>(meant, this, name);
  }

  private static Color or(StyleableProperty<Color> property, Color fallback) {
    Color colour = property.getValue();
    return colour == null ? fallback : colour;
  }
}
