package dev.millrace.views.controls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javafx.scene.Node;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import org.junit.jupiter.api.Test;

class RepeaterTest {

  private final Pane pane = new Pane();
  private final Repeater<String, Region> repeater =
      new Repeater<>(pane, Region::new, Region::setAccessibleText);

  @Test
  void nodesThatAreThereOnlyChangeTheirWords() {
    repeater.show(List.of("a", "b", "c"));
    List<Node> before = List.copyOf(pane.getChildren());

    repeater.show(List.of("x", "b", "z"));

    assertThat(pane.getChildren()).containsExactlyElementsOf(before);
    assertThat(words()).containsExactly("x", "b", "z");
  }

  @Test
  void itGrowsAndShrinksAtItsEnd() {
    repeater.show(List.of("a", "b", "c"));
    List<Node> before = List.copyOf(pane.getChildren());

    repeater.show(List.of("d"));
    assertThat(pane.getChildren()).containsExactly(before.getFirst());
    repeater.show(List.of());
    assertThat(pane.getChildren()).isEmpty();
    repeater.show(List.of("e", "f"));
    assertThat(words()).containsExactly("e", "f");
  }

  private List<String> words() {
    return pane.getChildren().stream().map(Node::getAccessibleText).toList();
  }
}
