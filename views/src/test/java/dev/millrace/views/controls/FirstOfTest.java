package dev.millrace.views.controls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import org.junit.jupiter.api.Test;

class FirstOfTest {

  private final ObservableList<String> all = FXCollections.observableArrayList("a", "b", "c", "d");
  private final FirstOf<String> first = new FirstOf<>(all);

  @Test
  void soManyAreShownAsThereIsRoomFor() {
    assertThat(first).containsExactly("a", "b", "c", "d");
    first.most().set(2);
    assertThat(first).containsExactly("a", "b");
    first.most().set(9);
    assertThat(first).hasSize(4);
  }

  @Test
  void whatComesFirstPushesTheLastOut() {
    first.most().set(2);
    all.addFirst("new");
    assertThat(first).containsExactly("new", "a");
    all.clear();
    assertThat(first).isEmpty();
  }

  @Test
  void aChangeBelowTheLastIsNone() {
    first.most().set(2);
    List<Object> heard = new ArrayList<>();
    first.addListener((ListChangeListener<String>) heard::add);
    all.add("e");
    assertThat(heard).isEmpty();
    all.set(1, "B");
    assertThat(heard).hasSize(1);
  }
}
