package dev.millrace.simulator;

import java.time.Duration;
import java.util.List;

/// Something that moves all sensors of one kind in one place together, such as a failing
/// air-conditioning. The sensors are sound; what they measure is not as it should be.
///
/// The shift grows evenly over `rise`, stays, and goes back evenly over `rise`; a short one turns
/// half-way.
///
/// @param kind of the sensors it moves
/// @param zones where it may happen; each has sensors of the kind
/// @param low least shift at its height, in the unit; below 0 it moves down
/// @param high furthest shift
/// @param rise from the first change to the height, within [#shortest]
/// @param shortest least length, its rise and its return included
/// @param perDay how many begin by chance in a day of event time, over all zones; 0 for none
public record ZoneEvent(
    String name,
    String kind,
    List<String> zones,
    double low,
    double high,
    Duration rise,
    Duration shortest,
    Duration longest,
    double perDay) {

  public ZoneEvent {
    zones = List.copyOf(zones);
  }
}
