package dev.millrace.engine.model;

/// Work of several parts, one after another, told as one whole that never goes back: the parts that
/// are done and the share of the one under way, all of them counting the same.
///
/// Any thread may report; one thread begins the parts.
public final class Parts implements Progress {

  private final Progress outer;
  private final int count;
  private int part;
  private String place = "";
  private double share;

  /// @param count how many parts there are
  public Parts(Progress outer, int count) {
    this.outer = outer;
    this.count = count;
  }

  /// What is reported from now on is of that part; those before it are done.
  ///
  /// @param position from 0
  /// @param name said before what the part itself tells; empty for nothing
  public synchronized void begin(int position, String name) {
    part = position;
    place = name;
    share = 0;
    if (!name.isEmpty()) {
      tell(name, 0, 0);
    }
  }

  @Override
  public void report(String what, long done, long total) {
    report(what, done, total, total > 0 ? (double) done / total : 0);
  }

  @Override
  public synchronized void report(String what, long done, long total, double whole) {
    share = Math.clamp(whole, share, 1);
    if (place.isEmpty()) {
      tell(what, done, total);
    } else {
      tell(place.endsWith(what) ? place : place + ": " + unnamed(what), done, total);
    }
  }

  /// Without the name that the place ends with already.
  private String unnamed(String what) {
    int colon = what.indexOf(": ");
    return colon > 0 && place.endsWith(what.substring(0, colon)) ? what.substring(colon + 2) : what;
  }

  private void tell(String what, long done, long total) {
    outer.report(what, done, total, (part + share) / Math.max(1, count));
  }

  @Override
  public boolean cancelled() {
    return outer.cancelled();
  }
}
