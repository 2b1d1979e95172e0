package dev.millrace.views;

import java.time.InstantSource;
import java.time.ZoneId;

/// How the console is set up.
///
/// @param preferences where choices are kept
/// @param zone zone times are shown in
/// @param clock time now, for ages
/// @param flow flow behind the primary action
/// @param animated whether arrows and toasts move; off for pictures
public record ConsoleSettings(
    Preferences preferences, ZoneId zone, InstantSource clock, String flow, boolean animated) {

  public static final String DAILY = "daily";

  /// The person's zone, the system's clock, the daily flow, animated.
  public static ConsoleSettings of(Preferences preferences) {
    return new ConsoleSettings(
        preferences, ZoneId.systemDefault(), InstantSource.system(), DAILY, true);
  }

  public ConsoleSettings still() {
    return new ConsoleSettings(preferences, zone, clock, flow, false);
  }
}
