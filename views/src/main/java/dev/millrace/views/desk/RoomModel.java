package dev.millrace.views.desk;

import javafx.beans.value.ObservableValue;

/// View model of a room. FX thread only.
public interface RoomModel {

  /// Takes in what is the case; called at most ten times a second while the room is on show, and a
  /// few times before anybody opened it if it {@link #asksAhead()}.
  void show(Moment moment);

  /// Whether it may ask before anybody opened it; not where a question may cost money.
  default boolean asksAhead() {
    return true;
  }

  /// One line below the room's title.
  ObservableValue<String> subtitle();

  /// Shows what another room or the palette points at.
  ///
  /// @param target in the room's own words: a table, a run's number, a sensor; what the room does
  ///   not know is passed over
  default void aim(String target) {}
}
