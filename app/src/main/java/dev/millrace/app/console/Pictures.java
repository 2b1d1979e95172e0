package dev.millrace.app.console;

import dev.millrace.engine.api.PipelineEngine;
import dev.millrace.simulator.SimulatorControl;
import dev.millrace.views.Console;
import dev.millrace.views.ConsoleSettings;
import dev.millrace.views.HeadlessToolkit;
import dev.millrace.views.Preferences;
import dev.millrace.views.RoomPictures;
import dev.millrace.views.theme.Theme;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Pictures of every room in both themes, drawn without a display.
public final class Pictures {

  private static final int WIDTH = 1280;
  private static final int HEIGHT = 800;

  private Pictures() {}

  /// Draws the rooms on the engine's present state and returns the files written.
  public static List<Path> write(
      PipelineEngine engine, SimulatorControl simulator, String pipeline, Path folder) {
    HeadlessToolkit.start();
    Console console =
        HeadlessToolkit.call(
            () ->
                new Console(
                    engine,
                    Optional.of(simulator),
                    pipeline,
                    ConsoleSettings.of(Preferences.inMemory()).still()));
    List<Path> written = new ArrayList<>();
    for (String room : console.rooms()) {
      for (Theme theme : Theme.values()) {
        Path file = folder.resolve(room + "-" + theme.name().toLowerCase(Locale.ROOT) + ".png");
        RoomPictures.render(console, room, theme, WIDTH, HEIGHT, file);
        written.add(file);
      }
    }
    boolean _ =
        HeadlessToolkit.call(
            () -> {
              console.close();
              return true;
            });
    return written;
  }
}
