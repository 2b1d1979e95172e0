package dev.millrace.views.controls;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Control;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// Takes nodes apart before they join a scene, and puts them together there a piece at a time:
/// JavaFX styles what joins a scene in one go, and many nodes at once hold its thread up for longer
/// than a frame. FX thread only.
///
/// A box may be changed meanwhile. While its mark stands in it, pieces come before the mark; once
/// somebody has replaced all that is in it, its pieces are not wanted any more.
public final class PieceByPiece {

  /// Boxes that lay out whatever is in them, in its order.
  private static final Set<Class<?>> BOXES =
      Set.of(VBox.class, HBox.class, StackPane.class, FlowPane.class, GridPane.class);

  /// What may join a scene in one go, in nodes; a control weighs more for what its skin adds.
  private static final int WEIGHT = 14;

  private static final int OF_CONTROL = 3;

  /// Property of a box whose nodes are counted by somebody else.
  private static final Object WHOLE = new Object();

  private final Deque<Piece> pieces = new ArrayDeque<>();

  /// @param mark stands where the piece goes
  private record Piece(Pane box, Node mark, Node node, int weight) {}

  private PieceByPiece() {}

  /// Says that a box is never to be taken apart, for who holds its nodes relies on their places.
  static void keepWhole(Pane box) {
    box.getProperties().put(WHOLE, true);
  }

  /// Takes apart what is too much to join a scene in one go; the root itself stays.
  public static PieceByPiece of(Node root) {
    PieceByPiece all = new PieceByPiece();
    all.takeApart(root);
    return all;
  }

  private void takeApart(Node node) {
    if (weight(node) <= WEIGHT) {
      return;
    }
    if (node.hasProperties() && node.getProperties().containsKey(WHOLE)) {
      return;
    }
    if (node instanceof Pane box && BOXES.contains(box.getClass())) {
      List<Node> children = List.copyOf(box.getChildren());
      Region mark = new Region();
      mark.setManaged(false);
      mark.setVisible(false);
      box.getChildren().setAll(mark);
      for (Node child : children) {
        Piece piece = new Piece(box, mark, child, Math.min(WEIGHT, weight(child)));
        pieces.add(piece);
        takeApart(child);
      }
    } else if (node instanceof Parent parent && !(node instanceof Control)) {
      parent.getChildrenUnmodifiable().forEach(this::takeApart);
    }
  }

  private static int weight(Node node) {
    int own = node instanceof Control ? OF_CONTROL : 1;
    return node instanceof Parent parent
        ? own + parent.getChildrenUnmodifiable().stream().mapToInt(PieceByPiece::weight).sum()
        : own;
  }

  /// Whether all is together.
  public boolean whole() {
    return pieces.isEmpty();
  }

  /// Puts in what comes next.
  public void step() {
    int weight = 0;
    do {
      Piece piece = pieces.poll();
      if (piece == null) {
        return;
      }
      weight += piece.weight();
      put(piece);
    } while (!pieces.isEmpty() && weight + pieces.peek().weight() <= WEIGHT);
  }

  /// Puts in all that is missing.
  public void finish() {
    while (!whole()) {
      step();
    }
  }

  private void put(Piece piece) {
    List<Node> there = piece.box().getChildren();
    int at = there.indexOf(piece.mark());
    if (at < 0) {
      return;
    }
    there.add(at, piece.node());
    boolean last = pieces.stream().noneMatch(other -> other.mark().equals(piece.mark()));
    if (last) {
      there.remove(piece.mark());
    }
  }
}
