package dev.millrace.engine.live;

/// One kind at one place: its minutes, its windows, and what its entities come to.
final class ZoneState {

  final String kind;
  final String place;
  final MinuteRing minutes;
  private final SlidingWindows windows = new SlidingWindows();
  private String unit = "";
  private int entities;
  private double health;

  ZoneState(String kind, String place) {
    this.kind = kind;
    this.place = place;
    minutes = new MinuteRing(kind, place);
  }

  void add(long minute, long step, double value, boolean anomalous, String valueUnit) {
    minutes.add(minute, value, valueUnit);
    windows.add(step, value, anomalous);
    unit = valueUnit;
  }

  /// A reading whose minute is seeded apart.
  void seed(long step, double value, boolean anomalous, String valueUnit) {
    windows.add(step, value, anomalous);
    unit = valueUnit;
  }

  void beginPicture() {
    entities = 0;
    health = 0;
  }

  void join(double ofEntity) {
    entities++;
    health += ofEntity;
  }

  int entities() {
    return entities;
  }

  double healthSum() {
    return health;
  }

  /// @param last step of the newest event
  LiveSnapshot.Zone zone(long last) {
    return new LiveSnapshot.Zone(
        kind,
        place,
        unit,
        entities,
        windows.window(last, SlidingWindows.MINUTE),
        windows.window(last, SlidingWindows.FIVE_MINUTES),
        health / entities);
  }
}
