package dev.millrace.views.sample;

import dev.millrace.views.Console;
import dev.millrace.views.HeadlessToolkit;
import dev.millrace.views.RoomPictures;
import dev.millrace.views.sample.SampleEngine.Case;
import dev.millrace.views.theme.Theme;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/// Writes pictures of every room, case, theme and size: `Pictures FOLDER [CASE…]`.
public final class Pictures {

  private Pictures() {}

  public static void main(String[] arguments) {
    HeadlessToolkit.start();
    Path folder = Path.of(arguments[0]);
    List<String> wanted = List.of(arguments).subList(1, arguments.length);
    for (Case each : Case.values()) {
      if (wanted.isEmpty() || wanted.contains(each.name())) {
        write(folder, each);
      }
    }
    System.exit(0);
  }

  public static List<Path> write(Path folder, Case now) {
    List<Path> written = new ArrayList<>();
    SampleConsole sample = HeadlessToolkit.call(() -> SampleConsole.of(now));
    boolean everySize = now == Case.NORMAL || now == Case.OVERFULL || now == Case.EMPTY;
    // Histories that the console keeps itself need some time to pass.
    HeadlessToolkit.call(
        () -> {
          sample.console().open("pipeline");
          for (int i = 0; i < 100; i++) {
            sample.engine().pass(i < 60 ? 20 : 1);
            sample.console().refresh();
          }
          return true;
        });
    for (String room : sample.console().rooms()) {
      for (Theme theme : Theme.values()) {
        for (int[] size :
            everySize ? new int[][] {{1280, 800}, {1920, 1080}} : new int[][] {{1280, 800}}) {
          String name =
              "%s-%s-%s-%d.png"
                  .formatted(
                      room,
                      now.name().toLowerCase(Locale.ROOT),
                      theme.name().toLowerCase(Locale.ROOT),
                      size[0]);
          Path file = folder.resolve(name);
          RoomPictures.render(sample.console(), room, theme, size[0], size[1], file);
          written.add(file);
        }
      }
    }
    if (now == Case.NORMAL) {
      for (String part : List.of("kafka", "stream", "bronze", "gold", "warehouse", "quality")) {
        HeadlessToolkit.call(() -> choose(sample, part));
        Path file = folder.resolve("pipeline-part-" + part + ".png");
        RoomPictures.render(sample.console(), "pipeline", Theme.DARK, 1280, 800, file);
        written.add(file);
      }
    }
    HeadlessToolkit.call(
        () -> {
          sample.console().close();
          return true;
        });
    return written;
  }

  private static boolean choose(SampleConsole sample, String part) {
    Node card = sample.console().root().lookup("#node-" + part);
    Event.fireEvent(
        card,
        new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.ENTER, false, false, false, false));
    return true;
  }
}
