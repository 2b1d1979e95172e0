package dev.millrace.views.shell;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// A room of the console, in the order of the rail. Those that the console was given a view for
/// have a door there.
public enum Room {
  OVERVIEW("1", "Overview", "mdi2v-view-dashboard-outline"),
  PIPELINE("2", "Pipeline", "mdi2p-pipe"),
  HEATMAP("3", "Heatmap", "mdi2g-grid"),
  TRENDS("4", "Trends", "mdi2c-chart-line"),
  ANOMALIES("5", "Anomalies", "mdi2a-alert-decagram-outline"),
  RUNS("6", "Runs", "mdi2s-sitemap-outline"),
  QUALITY("7", "Quality", "mdi2s-shield-check-outline"),
  LAKE("8", "Lake", "mdi2l-layers-triple-outline"),
  WAREHOUSE("9", "Warehouse", "mdi2w-warehouse"),
  LETTERS("0", "Dead letters", "mdi2e-email-alert-outline"),
  SETTINGS(",", "Settings", "mdi2c-cog-outline");

  private final String key;
  private final String title;
  private final String icon;

  Room(String key, String title, String icon) {
    this.key = key;
    this.title = title;
    this.icon = icon;
  }

  /// The key that opens the room together with Ctrl: a digit or a comma.
  public String key() {
    return key;
  }

  /// As people read the keys: `Ctrl 1`.
  public String keys() {
    return "Ctrl " + key;
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
