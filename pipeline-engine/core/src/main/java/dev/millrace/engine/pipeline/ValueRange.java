package dev.millrace.engine.pipeline;

/// Physical range of a value, both ends within it, in the feed's unit.
public record ValueRange(double low, double high) {

  public ValueRange {
    if (!(low < high)) {
      throw new IllegalArgumentException("A range's low end must lie below its high end");
    }
  }

  public boolean holds(double value) {
    return value >= low && value <= high;
  }
}
