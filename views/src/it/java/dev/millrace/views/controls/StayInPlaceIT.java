package dev.millrace.views.controls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.Scene;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.skin.VirtualFlow;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/// A table that grows at its top, in a window.
@ExtendWith(ApplicationExtension.class)
class StayInPlaceIT {

  private final ObservableList<String> rows =
      FXCollections.observableArrayList(IntStream.range(0, 200).mapToObj(i -> "old " + i).toList());

  @SuppressWarnings("NullAway.Init")
  private TableView<String> table;

  @Start
  void start(Stage stage) {
    table = new TableView<>(rows);
    TableColumn<String, String> column = new TableColumn<>("Name");
    column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
    table.getColumns().add(column);
    table.setFixedCellSize(24);
    StayInPlace.in(table, rows);
    stage.setScene(new Scene(table, 300, 300));
    stage.show();
  }

  @Test
  void whatWasScrolledToStaysAndTheTopGoesOn(FxRobot robot) {
    robot.interact(() -> table.scrollTo(50));
    WaitForAsyncUtils.waitForFxEvents();
    assertThat(first()).isEqualTo("old 50");
    robot.interact(() -> rows.addAll(0, List.of("new 1", "new 2", "new 3")));
    WaitForAsyncUtils.waitForFxEvents();
    assertThat(first()).isEqualTo("old 50");

    robot.interact(() -> table.scrollTo(0));
    WaitForAsyncUtils.waitForFxEvents();
    robot.interact(() -> rows.addFirst("newest"));
    WaitForAsyncUtils.waitForFxEvents();
    assertThat(first()).isEqualTo("newest");
  }

  private String first() {
    return table.lookup(".virtual-flow") instanceof VirtualFlow<?> flow
        ? String.valueOf(flow.getFirstVisibleCell().getItem())
        : "";
  }
}
