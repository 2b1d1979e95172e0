package dev.millrace.views.controls;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.layout.Pane;

/// A node for each thing of a list that is told anew several times a second: nodes that are there
/// only change their words, since making and styling one costs a hundred times as much. FX thread
/// only.
///
/// @param <T> thing
/// @param <N> node that tells it
public final class Repeater<T, N extends Node> {

  private final Pane pane;
  private final Supplier<N> make;
  private final BiConsumer<N, T> tell;
  private final List<N> nodes = new ArrayList<>();

  /// @param pane holds these nodes and no others
  public Repeater(Pane pane, Supplier<N> make, BiConsumer<N, T> tell) {
    this.pane = pane;
    this.make = make;
    this.tell = tell;
    PieceByPiece.keepWhole(pane);
  }

  /// Shows these things, in their order.
  public void show(List<T> things) {
    if (nodes.size() > things.size()) {
      nodes.subList(things.size(), nodes.size()).clear();
      pane.getChildren().remove(things.size(), pane.getChildren().size());
    }
    for (int i = 0; i < things.size(); i++) {
      if (i == nodes.size()) {
        nodes.add(make.get());
        tell.accept(nodes.get(i), things.get(i));
        pane.getChildren().add(nodes.get(i));
      } else {
        tell.accept(nodes.get(i), things.get(i));
      }
    }
  }
}
