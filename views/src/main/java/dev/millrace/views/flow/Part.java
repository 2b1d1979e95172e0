package dev.millrace.views.flow;

/// A part of the flow that a person can choose, in the order data pass it.
public enum Part {
  SIMULATOR("Simulator", "mdi2a-access-point"),
  KAFKA("Kafka", "mdi2f-format-list-bulleted-square"),
  STREAM("Stream", "mdi2w-waves"),
  BRONZE("Bronze", "mdi2l-layers-outline"),
  SILVER("Silver", "mdi2f-filter-variant"),
  GOLD("Gold", "mdi2s-star-four-points-outline"),
  WAREHOUSE("Warehouse", "mdi2d-database-outline"),
  DEAD_LETTERS("Dead letters", "mdi2e-email-alert-outline"),
  QUALITY("Quality gate", "mdi2s-shield-check-outline");

  private final String title;
  private final String icon;

  Part(String title, String icon) {
    this.title = title;
    this.icon = icon;
  }

  public String title() {
    return title;
  }

  /// Ikonli literal.
  public String icon() {
    return icon;
  }
}
