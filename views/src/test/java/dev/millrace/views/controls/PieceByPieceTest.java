package dev.millrace.views.controls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.junit.jupiter.api.Test;

class PieceByPieceTest {

  private final VBox first = new VBox(regions(10));
  private final HBox second = new HBox(regions(30));
  private final VBox root = new VBox(first, second);

  @Test
  void whatWasTakenApartIsWholeAgainAsItWas() {
    List<Node> before = nodes(root);
    PieceByPiece pieces = PieceByPiece.of(root);
    assertThat(nodes(root)).hasSizeLessThan(4);
    pieces.finish();
    assertThat(pieces.whole()).isTrue();
    assertThat(nodes(root)).isEqualTo(before);
  }

  @Test
  void aStepBringsNoMoreThanStylesInAFrame() {
    PieceByPiece pieces = PieceByPiece.of(root);
    int before = nodes(root).size();
    int steps = 0;
    while (!pieces.whole()) {
      pieces.step();
      assertThat(nodes(root).size() - before).isLessThanOrEqualTo(14);
      before = nodes(root).size();
      steps++;
    }
    assertThat(steps).isGreaterThan(2);
  }

  @Test
  void whatIsLittleIsLeftAsItIs() {
    assertThat(PieceByPiece.of(first).whole()).isTrue();
    assertThat(first.getChildren()).hasSize(10);
  }

  @Test
  void whatIsAddedMeanwhileComesAfterThePieces() {
    List<Node> before = List.copyOf(second.getChildren());
    PieceByPiece pieces = PieceByPiece.of(root);
    Region added = new Region();
    second.getChildren().add(added);
    pieces.finish();
    assertThat(second.getChildren()).startsWith(before.getFirst()).endsWith(added).hasSize(31);
  }

  @Test
  void aBoxThatIsFilledAnewMeanwhileGetsNothingOfBefore() {
    PieceByPiece pieces = PieceByPiece.of(root);
    Region only = new Region();
    second.getChildren().setAll(only);
    pieces.finish();
    assertThat(second.getChildren()).containsExactly(only);
    assertThat(root.getChildren()).containsExactly(first, second);
  }

  @Test
  void aBoxWhoseNodesAreCountedStaysWhole() {
    VBox counted = new VBox();
    Repeater<Integer, Region> repeater = new Repeater<>(counted, Region::new, (_, _) -> {});
    repeater.show(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16));
    PieceByPiece pieces = PieceByPiece.of(new VBox(counted));
    repeater.show(List.of(1, 2));
    pieces.finish();
    assertThat(counted.getChildren()).hasSize(2);
  }

  private static Node[] regions(int count) {
    return Stream.generate(Region::new).limit(count).toArray(Node[]::new);
  }

  private static List<Node> nodes(Node node) {
    List<Node> all = new ArrayList<>(List.of(node));
    if (node instanceof Parent parent) {
      parent.getChildrenUnmodifiable().forEach(child -> all.addAll(nodes(child)));
    }
    return all;
  }
}
