package dev.millrace.views.desk;

/// The way from one room to another. FX thread only.
@FunctionalInterface
public interface Doors {

  /// Opens a room, at what it shall show there.
  ///
  /// @param room its name, for example `lake`; a room that this console has not is passed over
  /// @param target in the room's own words, for example `silver.readings`; empty for none
  void open(String room, String target);

  /// Whether there is such a room, so that nothing offers to lead nowhere.
  default boolean leadsTo(String room) {
    return false;
  }
}
