package dev.millrace.views.sample;

import atlantafx.base.controls.ModalPane;
import dev.millrace.engine.api.Command;
import dev.millrace.engine.history.AnomalyQuery;
import dev.millrace.engine.live.LiveSnapshot.Anomaly;
import dev.millrace.views.Console;
import dev.millrace.views.HeadlessToolkit;
import dev.millrace.views.RoomPictures;
import dev.millrace.views.sample.SampleEngine.Case;
import dev.millrace.views.theme.Theme;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/// Writes pictures of every room, case, theme and size: `Pictures FOLDER [CASE…] [room…]`.
public final class Pictures {

  private Pictures() {}

  public static void main(String[] arguments) {
    // The FX thread would keep the program alive when this one fails.
    Thread.currentThread()
        .setUncaughtExceptionHandler(
            (_, e) -> {
              e.printStackTrace();
              System.exit(1);
            });
    HeadlessToolkit.start();
    Path folder = Path.of(arguments[0]);
    List<String> rest = List.of(arguments).subList(1, arguments.length);
    List<String> names = Arrays.stream(Case.values()).map(Case::name).toList();
    List<String> cases = rest.stream().filter(names::contains).toList();
    List<String> rooms = rest.stream().filter(word -> !names.contains(word)).toList();
    for (Case each : Case.values()) {
      if (cases.isEmpty() || cases.contains(each.name())) {
        write(folder, each, rooms);
      }
    }
    System.exit(0);
  }

  public static List<Path> write(Path folder, Case now) {
    return write(folder, now, List.of());
  }

  /// @param rooms names of those to draw; empty for all
  private static List<Path> write(Path folder, Case now, List<String> rooms) {
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
      if (!rooms.isEmpty() && !rooms.contains(room)) {
        continue;
      }
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
    if (now == Case.NORMAL && (rooms.isEmpty() || rooms.contains("lake"))) {
      for (String tab : List.of("History", "Files", "Rows", "SQL")) {
        HeadlessToolkit.call(() -> press(sample, "lake", "#table-tabs", tab));
        Path file = folder.resolve("lake-tab-" + tab.toLowerCase(Locale.ROOT) + ".png");
        RoomPictures.render(sample.console(), "lake", Theme.DARK, 1280, 800, file);
        written.add(file);
      }
      for (String side : List.of("Rows", "Chart", "Plan")) {
        HeadlessToolkit.call(() -> run(sample, side));
        Path file = folder.resolve("lake-sql-" + side.toLowerCase(Locale.ROOT) + ".png");
        RoomPictures.render(
            sample.console(),
            "lake",
            side.equals("Chart") ? Theme.LIGHT : Theme.DARK,
            1280,
            800,
            file);
        written.add(file);
      }
    }
    if ((now == Case.NORMAL || now == Case.OVERFULL)
        && (rooms.isEmpty() || rooms.contains("quality"))) {
      written.addAll(quality(folder, sample, now));
    }
    if ((now == Case.NORMAL || now == Case.OVERFULL)
        && (rooms.isEmpty() || rooms.contains("warehouse"))) {
      written.addAll(warehouse(folder, sample, now));
    }
    if (now == Case.NORMAL && (rooms.isEmpty() || rooms.contains("heatmap"))) {
      written.addAll(past(folder, sample));
    }
    if (now == Case.NORMAL && (rooms.isEmpty() || rooms.contains("sheets"))) {
      sheet(sample, "lake", "palette", folder, written, () -> sample.console().openPalette());
      HeadlessToolkit.call(() -> press(sample, "lake", "#table-tabs", "Files"));
      sheet(sample, "lake", "optimize", folder, written, () -> fire(sample, "#optimize"));
      sheet(sample, "letters", "replay", folder, written, () -> fire(sample, "#replay-all"));
      sheet(sample, "runs", "run-again", folder, written, () -> fire(sample, "#run-again"));
      sheet(sample, "settings", "keys", folder, written, () -> fire(sample, "#help"));
    }
    if (now == Case.OVERFULL && rooms.isEmpty()) {
      HeadlessToolkit.call(() -> press(sample, "runs", "#run-ranges", "All"));
      Path file = folder.resolve("runs-overfull-all.png");
      RoomPictures.render(sample.console(), "runs", Theme.DARK, 1280, 800, file);
      written.add(file);
    }
    if (now == Case.NORMAL && rooms.isEmpty()) {
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

  /// The further sides of the quality room, each in one theme.
  private static List<Path> quality(Path folder, SampleConsole sample, Case now) {
    List<Path> written = new ArrayList<>();
    sample.engine().idle();
    for (String tab : List.of("History", "Quarantine", "Profile", "Suite")) {
      HeadlessToolkit.call(
          () -> {
            press(sample, "quality", "#quality-tabs", tab);
            if (tab.equals("Profile")) {
              sample.console().root().lookupAll("#profile-ask .button").stream()
                  .map(Button.class::cast)
                  .findFirst()
                  .orElseThrow()
                  .fire();
            }
            if (tab.equals("Suite")) {
              press(sample, "quality", "#quality-tabs", "Profile");
              ((Button) sample.console().root().lookup("#accept-all")).fire();
              ((Button) sample.console().root().lookup("#into-suite")).fire();
            }
            return true;
          });
      boolean light = tab.equals("Quarantine") || tab.equals("Profile");
      Path file =
          folder.resolve(
              "quality-"
                  + now.name().toLowerCase(Locale.ROOT)
                  + "-tab-"
                  + tab.toLowerCase(Locale.ROOT)
                  + ".png");
      RoomPictures.render(
          sample.console(), "quality", light ? Theme.LIGHT : Theme.DARK, 1280, 800, file);
      written.add(file);
    }
    if (now == Case.NORMAL) {
      HeadlessToolkit.call(() -> press(sample, "quality", "#quality-tabs", "Quarantine"));
      sheet(sample, "quality", "release", folder, written, () -> fire(sample, "#release"));
      sheet(sample, "quality", "report", folder, written, () -> fire(sample, "#quality-report"));
      sheet(
          sample,
          "quality",
          "suite",
          folder,
          written,
          () -> {
            press(sample, "quality", "#quality-tabs", "Suite");
            fire(sample, "#suite-accept");
          });
    }
    HeadlessToolkit.call(() -> press(sample, "quality", "#quality-tabs", "Results"));
    return written;
  }

  /// The further sides of the warehouse room, and its sheets.
  private static List<Path> warehouse(Path folder, SampleConsole sample, Case now) {
    List<Path> written = new ArrayList<>();
    String room = "warehouse";
    for (String tab : List.of("Compare", "Ledger", "SQL")) {
      for (Theme theme : Theme.values()) {
        HeadlessToolkit.call(
            () -> {
              press(sample, room, "#warehouse-tabs", tab);
              if (tab.equals("Compare")) {
                fire(sample, "#compare");
              }
              return true;
            });
        Path file =
            folder.resolve(
                "warehouse-%s-tab-%s-%s.png"
                    .formatted(
                        now.name().toLowerCase(Locale.ROOT),
                        tab.toLowerCase(Locale.ROOT),
                        theme.name().toLowerCase(Locale.ROOT)));
        RoomPictures.render(sample.console(), room, theme, 1280, 800, file);
        if (tab.equals("SQL")) {
          // The editor's buttons are made in its first layout.
          HeadlessToolkit.call(
              () -> {
                fire(sample, "#sql-run");
                return true;
              });
          RoomPictures.render(sample.console(), room, theme, 1280, 800, file);
        }
        written.add(file);
      }
    }
    if (now == Case.NORMAL) {
      sheet(sample, room, "load", folder, written, () -> fire(sample, "#load"));
      HeadlessToolkit.call(() -> press(sample, room, "#warehouse-tabs", "Compare"));
      sheet(sample, room, "mend", folder, written, () -> fire(sample, "#mend"));
      HeadlessToolkit.call(
          () -> {
            press(sample, room, "#warehouse-tabs", "Next load");
            sample.console().open(room, "fact_sensor_5min");
            sample.engine().submit(new Command.Load(SamplePipeline.NAME));
            return true;
          });
      Path file = folder.resolve("warehouse-load-running.png");
      RoomPictures.render(sample.console(), room, Theme.DARK, 1280, 800, file);
      written.add(file);
    }
    return written;
  }

  /// The rooms of the past some hours back, and the card that follows a reading.
  private static List<Path> past(Path folder, SampleConsole sample) {
    List<Path> written = new ArrayList<>();
    Console console = sample.console();
    HeadlessToolkit.call(
        () -> {
          console.time().show(sample.engine().time().minusSeconds(3 * 3_600 + 1_260));
          return true;
        });
    for (String room : List.of("overview", "heatmap", "trends", "anomalies")) {
      Path file = folder.resolve(room + "-past-dark-1280.png");
      RoomPictures.render(console, room, Theme.DARK, 1280, 800, file);
      written.add(file);
    }
    HeadlessToolkit.call(
        () -> {
          console.time().live();
          return true;
        });
    Anomaly anomaly =
        sample
            .engine()
            .readings(SamplePipeline.NAME)
            .orElseThrow()
            .anomalies(
                AnomalyQuery.all(
                    sample.engine().time().minusSeconds(86_400), sample.engine().time(), 9))
            .anomalies()
            .get(3);
    HeadlessToolkit.call(
        () -> {
          console.follow(anomaly.entity(), anomaly.time());
          return true;
        });
    for (String step : List.of("silver", "event", "kafka", "bronze", "gold", "warehouse")) {
      Theme theme = step.equals("event") || step.equals("gold") ? Theme.LIGHT : Theme.DARK;
      Path file = folder.resolve("follow-" + step + ".png");
      // Once to hear the answer, then with the step chosen.
      RoomPictures.render(console, "anomalies", theme, 1280, 800, file);
      HeadlessToolkit.call(
          () -> {
            ((ToggleButton) console.root().lookup("#trace-" + step)).fire();
            return true;
          });
      RoomPictures.render(console, "anomalies", theme, 1280, 800, file);
      written.add(file);
    }
    HeadlessToolkit.call(
        () -> {
          ((ModalPane) console.root().lookup("#modal")).hide(true);
          return true;
        });
    return written;
  }

  /// Draws what stands above a room, and puts it away.
  private static void sheet(
      SampleConsole sample,
      String room,
      String name,
      Path folder,
      List<Path> written,
      Runnable opens) {
    HeadlessToolkit.call(
        () -> {
          sample.console().open(room);
          opens.run();
          return true;
        });
    Path file = folder.resolve("sheet-" + name + ".png");
    RoomPictures.render(sample.console(), room, Theme.DARK, 1280, 800, file);
    written.add(file);
    HeadlessToolkit.call(
        () -> {
          ((ModalPane) sample.console().root().lookup("#modal")).hide(true);
          return true;
        });
  }

  private static void fire(SampleConsole sample, String button) {
    ((Button) sample.console().root().lookup(button)).fire();
  }

  /// Presses one of a row of joined buttons.
  private static boolean press(SampleConsole sample, String room, String segments, String words) {
    sample.console().open(room);
    Parent row = (Parent) sample.console().root().lookup(segments);
    row.getChildrenUnmodifiable().stream()
        .map(ToggleButton.class::cast)
        .filter(button -> button.getText().equals(words))
        .findFirst()
        .orElseThrow()
        .fire();
    return true;
  }

  private static boolean run(SampleConsole sample, String side) {
    Node button = sample.console().root().lookup(side.equals("Plan") ? "#sql-explain" : "#sql-run");
    ((Button) button).fire();
    return press(sample, "lake", "#sql-sides", side);
  }

  private static boolean choose(SampleConsole sample, String part) {
    sample.console().open("pipeline");
    Node card = sample.console().root().lookup("#node-" + part);
    Event.fireEvent(
        card,
        new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.ENTER, false, false, false, false));
    return true;
  }
}
