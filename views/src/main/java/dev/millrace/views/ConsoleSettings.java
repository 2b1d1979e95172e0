package dev.millrace.views;

import dev.millrace.engine.api.Answer.SettingValue;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;

/// How the console is set up.
///
/// @param preferences where choices are kept
/// @param zone zone times are shown in
/// @param clock time now, for ages
/// @param flow flow behind the primary action
/// @param animated whether arrows and toasts move; off for pictures
/// @param facts settings that the program knows and the engine does not, for the settings room
public record ConsoleSettings(
    Preferences preferences,
    ZoneId zone,
    InstantSource clock,
    String flow,
    boolean animated,
    List<SettingValue> facts) {

  public ConsoleSettings {
    facts = List.copyOf(facts);
  }

  /// Without facts of the program's own.
  public ConsoleSettings(
      Preferences preferences, ZoneId zone, InstantSource clock, String flow, boolean animated) {
    this(preferences, zone, clock, flow, animated, List.of());
  }

  public static final String DAILY = "daily";

  /// The person's zone, the system's clock, the daily flow, animated.
  public static ConsoleSettings of(Preferences preferences) {
    return new ConsoleSettings(
        preferences, ZoneId.systemDefault(), InstantSource.system(), DAILY, true);
  }

  public ConsoleSettings still() {
    return new ConsoleSettings(preferences, zone, clock, flow, false, facts);
  }

  public ConsoleSettings with(List<SettingValue> known) {
    return new ConsoleSettings(preferences, zone, clock, flow, animated, known);
  }
}
