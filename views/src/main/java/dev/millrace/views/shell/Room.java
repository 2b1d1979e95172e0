package dev.millrace.views.shell;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// A room of the console, in the order of the rail.
public enum Room {
  OVERVIEW(1, "Overview", "mdi2v-view-dashboard-outline"),
  PIPELINE(2, "Pipeline", "mdi2p-pipe");

  private final int number;
  private final String title;
  private final String icon;

  Room(int number, String title, String icon) {
    this.number = number;
    this.title = title;
    this.icon = icon;
  }

  /// Place in the rail, from 1; Ctrl with it opens the room.
  public int number() {
    return number;
  }

  public String title() {
    return title;
  }

  /// Ikonli literal.
  public String icon() {
    return icon;
  }

  /// Name in commands and file names, for example `overview`.
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Room> named(String id) {
    return Arrays.stream(values())
        .filter(r -> r.id().equals(id.toLowerCase(Locale.ROOT)))
        .findFirst();
  }
}
