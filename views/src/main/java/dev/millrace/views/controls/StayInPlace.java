package dev.millrace.views.controls;

import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.scene.control.IndexedCell;
import javafx.scene.control.TableView;
import javafx.scene.control.skin.VirtualFlow;

/// Keeps the rows that a person has scrolled to where they are while new ones come above them. At
/// its top, a table goes on showing the newest.
public final class StayInPlace {

  private StayInPlace() {}

  /// @param table over the list, in its order
  public static <T> void in(TableView<T> table, ObservableList<T> rows) {
    rows.addListener(
        (ListChangeListener<T>)
            change -> {
              while (change.next()) {
                if (change.wasAdded() && !change.wasRemoved() && change.getFrom() == 0) {
                  follow(table, change.getAddedSize());
                }
              }
            });
  }

  /// The cells still tell what was on show: they are laid out anew with the next pulse.
  private static void follow(TableView<?> table, int added) {
    if (table.lookup(".virtual-flow") instanceof VirtualFlow<?> flow) {
      IndexedCell<?> first = flow.getFirstVisibleCell();
      if (first != null && first.getIndex() > 0) {
        table.scrollTo(first.getIndex() + added);
      }
    }
  }
}
