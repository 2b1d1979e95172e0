package dev.millrace.views.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.views.HeadlessToolkit;
import dev.millrace.views.charts.Pen;
import dev.millrace.views.charts.TextRuler;
import dev.millrace.views.flow.FlowPicture.Arrow;
import dev.millrace.views.sample.Desk;
import dev.millrace.views.sample.SampleEngine.Case;
import dev.millrace.views.theme.Fonts;
import dev.millrace.views.theme.Tone;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.scene.Group;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testfx.api.FxToolkit;

/// Where the diagram writes: beside its cards and marks, never on them.
class FlowDiagramIT {

  private static final double HEIGHT = 306;

  /// Greatest figures and all words that an arrow can have.
  private static final List<String> LABELS =
      List.of("builds", "loads", "+999k", "+8,888", "+88.8M", "88.8k/s", "888k/s");

  private static final List<String> REMARKS = List.of("", "99 min", "47 h", "888 d");

  @BeforeAll
  static void toolkit() throws TimeoutException {
    FxToolkit.registerPrimaryStage();
    HeadlessToolkit.start();
    HeadlessToolkit.call(
        () -> {
          Fonts.load();
          return true;
        });
  }

  /// The smallest window leaves the diagram 1,130 pixels.
  @ParameterizedTest
  @ValueSource(doubles = {1_130, 1_284, 1_536, 1_770, 2_400})
  void everyLabelStandsClearOfCardsAndMarks(double width) {
    for (FlowPicture picture : pictures()) {
      Written written = HeadlessToolkit.call(() -> written(picture, width));
      assertThat(written.words()).containsAll(labels(picture));
      assertClear(written, written.texts());
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {760, 900})
  void aLabelWithoutRoomIsNotWritten(double width) {
    for (FlowPicture picture : pictures()) {
      Written written = HeadlessToolkit.call(() -> written(picture, width));
      assertClear(
          written,
          written.texts().stream().filter(w -> labels(picture).contains(w.text())).toList());
    }
  }

  private static void assertClear(Written written, List<Word> words) {
    for (Word word : words) {
      for (Bounds taken : written.taken()) {
        assertThat(word.bounds().intersects(taken)).as("%s on %s", word, taken).isFalse();
      }
    }
  }

  private static List<FlowPicture> pictures() {
    List<FlowPicture> pictures = new ArrayList<>();
    for (Case each : Case.values()) {
      pictures.add(new FlowPlan().picture(Desk.of(each).moment()));
    }
    FlowPicture normal = new FlowPlan().picture(Desk.of(Case.NORMAL).moment());
    for (String label : LABELS) {
      for (String remark : REMARKS) {
        pictures.add(
            new FlowPicture(
                normal.nodes(),
                normal.arrows().stream()
                    .filter(a -> a.to() != Part.DEAD_LETTERS && a.lane().orElse(0) == 0)
                    .map(a -> labelled(a, label, remark))
                    .toList()));
      }
    }
    return pictures;
  }

  private static Arrow labelled(Arrow arrow, String label, String remark) {
    return new Arrow(
        arrow.from(),
        arrow.to(),
        arrow.rate(),
        label,
        arrow.lane().isPresent() ? "" : remark,
        Tone.ACCENT,
        true,
        arrow.lane());
  }

  private static List<String> labels(FlowPicture picture) {
    List<String> labels = new ArrayList<>();
    for (Arrow arrow : picture.arrows()) {
      labels.add(arrow.label());
      labels.add(arrow.remark());
    }
    labels.removeIf(String::isEmpty);
    return labels;
  }

  private static Written written(FlowPicture picture, double width) {
    FlowDiagram diagram = new FlowDiagram(_ -> {}, () -> {}, false);
    new Scene(new Group(diagram));
    diagram.show(picture);
    diagram.resize(width, HEIGHT);
    diagram.applyCss();
    diagram.layout();
    Written written = new Written();
    for (Node child : diagram.getChildrenUnmodifiable()) {
      if (child instanceof NodeCard) {
        written.taken().add(child.getBoundsInParent());
      }
    }
    diagram.paint(written.pen(), width, HEIGHT);
    return written;
  }

  private record Word(String text, Bounds bounds) {}

  /// Keeps what a pen writes, and the marks it draws.
  private static final class Written {

    private final List<Word> texts = new ArrayList<>();
    private final List<Bounds> taken = new ArrayList<>();
    private Optional<Font> font = Optional.empty();
    private TextAlignment align = TextAlignment.LEFT;

    List<Word> texts() {
      return texts;
    }

    List<String> words() {
      return texts.stream().map(Word::text).toList();
    }

    List<Bounds> taken() {
      return taken;
    }

    Pen pen() {
      return (Pen)
          Proxy.newProxyInstance(
              Pen.class.getClassLoader(),
              new Class<?>[] {Pen.class},
              (_, method, given) -> {
                switch (method.getName()) {
                  case "setFont" -> font = Optional.of((Font) given[0]);
                  case "setTextAlign" -> align = (TextAlignment) given[0];
                  case "fillText" -> write((String) given[0], (double) given[1], (double) given[2]);
                  case "strokeOval" ->
                      taken.add(
                          new BoundingBox(
                              (double) given[0],
                              (double) given[1],
                              (double) given[2],
                              (double) given[3]));
                  default -> {
                    // Lines and areas may lie under words.
                  }
                }
                return null;
              });
    }

    private void write(String text, double x, double y) {
      Font used = font.orElseThrow();
      double wide = new TextRuler(used).width(text);
      double left = align == TextAlignment.CENTER ? x - wide / 2 : x;
      double tall = used.getSize() * 0.8;
      texts.add(new Word(text, new BoundingBox(left, y - tall / 2, wide, tall)));
    }
  }
}
