package dev.millrace.views.sample;

import dev.millrace.views.Console;
import dev.millrace.views.ConsoleSettings;
import dev.millrace.views.Preferences;
import dev.millrace.views.sample.SampleEngine.Case;
import java.time.ZoneId;
import java.util.Optional;

/// A console on the made-up building, with frozen time.
public record SampleConsole(Console console, SampleEngine engine, SampleSimulator simulator) {

  /// FX thread only.
  public static SampleConsole of(Case now) {
    return of(now, false);
  }

  /// @param animated whether it moves and makes rooms ready, as in a window
  public static SampleConsole of(Case now, boolean animated) {
    SampleEngine engine = new SampleEngine(now);
    boolean runs = now != Case.EMPTY && now != Case.LOADING;
    SampleSimulator simulator = new SampleSimulator(runs, now == Case.OVERFULL ? 12_400 : 100);
    ConsoleSettings settings =
        new ConsoleSettings(
            Preferences.inMemory(), ZoneId.of("Europe/Berlin"), engine::time, "daily", animated);
    return new SampleConsole(
        new Console(engine, Optional.of(simulator), SamplePipeline.NAME, settings),
        engine,
        simulator);
  }
}
