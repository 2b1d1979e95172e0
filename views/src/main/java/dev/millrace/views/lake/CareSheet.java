package dev.millrace.views.lake;

import dev.millrace.engine.api.Outcome;
import dev.millrace.engine.care.CareFinding;
import dev.millrace.engine.care.CareReport;
import dev.millrace.views.controls.Segments;
import dev.millrace.views.desk.Asked;
import dev.millrace.views.lake.CareChoice.Way;
import dev.millrace.views.shell.DialogService;
import dev.millrace.views.text.Figures;
import dev.millrace.views.text.Names;
import dev.millrace.views.theme.Tone;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.TilePane;
import javafx.scene.layout.VBox;

/// What work on a table would do, looked at by the engine before a person agrees to it.
final class CareSheet {

  private static final int WIDTH = 520;

  /// In the smallest window what is said around it has room, too.
  private static final double MOST_HEIGHT = 430;

  private final LakeViewModel model;
  private final SimpleBooleanProperty ready = new SimpleBooleanProperty();
  private final VBox found = new VBox(12);
  private Way way;
  private Optional<Asked> asked = Optional.empty();

  private CareSheet(LakeViewModel model, CareChoice choice) {
    this.model = model;
    this.way = choice.ways().getFirst();
  }

  static void open(LakeViewModel model, CareChoice choice, DialogService dialogs) {
    CareSheet sheet = new CareSheet(model, choice);
    Label effect = new Label(choice.effect());
    effect.setWrapText(true);
    effect.setMaxWidth(WIDTH);
    effect.setMinHeight(Label.USE_PREF_SIZE);
    VBox content = new VBox(14, effect);
    if (choice.ways().size() > 1) {
      Segments<Way> ways = new Segments<>(Way::words);
      ways.setId("care-ways");
      ways.choices(choice.ways());
      ways.chosen().set(sheet.way);
      ways.chosen()
          .addListener(
              (_, _, next) -> {
                if (next != null) {
                  sheet.way = next;
                  sheet.look();
                }
              });
      content.getChildren().add(ways);
    }
    sheet.found.setMinHeight(120);
    ScrollPane scroll = new ScrollPane(sheet.found);
    scroll.setFitToWidth(true);
    scroll.setMaxHeight(MOST_HEIGHT);
    scroll.getStyleClass().add("plain-scroll");
    content.getChildren().add(scroll);
    content.setPrefWidth(WIDTH);
    sheet.look();
    // Whoever closes the sheet wants no answer any more.
    content
        .sceneProperty()
        .addListener(
            (_, _, scene) -> {
              if (scene == null) {
                sheet.asked.ifPresent(Asked::forget);
              }
            });
    dialogs.confirm(
        choice.title(),
        content,
        model.words(choice.yes()),
        choice.grave(),
        sheet.ready,
        () -> model.carryOut(sheet.way.order()));
  }

  private void look() {
    ready.set(false);
    asked.ifPresent(Asked::forget);
    ProgressIndicator wheel = new ProgressIndicator();
    wheel.setMaxSize(28, 28);
    Label words = new Label();
    words.textProperty().bind(model.previewing().map(CareSheet::waiting));
    words.setWrapText(true);
    words.setMaxWidth(WIDTH - 40);
    words.getStyleClass().add("page-subtitle");
    HBox wait = new HBox(10, wheel, words);
    wait.setAlignment(Pos.CENTER_LEFT);
    found.getChildren().setAll(wait);
    asked = Optional.of(model.preview(way.order(), this::told));
  }

  private static String waiting(String stand) {
    return stand.isEmpty()
        ? "Looking at what it would do …"
        : stand.substring(0, 1).toUpperCase(Locale.ROOT) + stand.substring(1) + " …";
  }

  private void told(Outcome outcome) {
    switch (outcome) {
      case Outcome.Cared cared -> show(cared.report());
      case Outcome.Failed failed -> say(Tone.BAD, failed.what(), failed.remedy());
      case Outcome.Cancelled cancelled -> say(Tone.WARNING, cancelled.summary(), "");
      default -> say(Tone.MUTED, "There is nothing to tell.", "");
    }
  }

  private void show(CareReport report) {
    found.getChildren().clear();
    Label summary = new Label(report.summary() + ".");
    summary.setWrapText(true);
    summary.getStyleClass().add("plan-title");
    summary.setMaxWidth(WIDTH);
    found.getChildren().add(summary);
    boolean one = report.findings().size() == 1;
    boolean changes = false;
    List<String> untouched = new ArrayList<>();
    for (CareFinding finding : report.findings()) {
      changes |= changes(finding);
      if (one) {
        found.getChildren().add(figures(finding.counts()));
      } else if (changes(finding)) {
        Label name = new Label(finding.table().toString());
        name.getStyleClass().add("fact-value");
        found.getChildren().addAll(name, figures(some(finding.counts())));
      } else {
        untouched.add(finding.table().toString());
      }
    }
    if (!untouched.isEmpty()) {
      dim("Nothing was found in " + String.join(", ", untouched) + ".");
    }
    report.notes().forEach(this::dim);
    ready.set(changes);
    if (!changes) {
      Label nothing = new Label("There is nothing to do.");
      nothing.getStyleClass().addAll("result-text", Tone.GOOD.styleClass());
      found.getChildren().add(nothing);
    }
  }

  private void dim(String words) {
    Label line = new Label(words);
    line.setWrapText(true);
    line.setMaxWidth(WIDTH);
    line.setMinHeight(Label.USE_PREF_SIZE);
    line.getStyleClass().add("page-subtitle");
    found.getChildren().add(line);
  }

  /// What is not nought: among many tables only that tells something.
  private static Map<String, Long> some(Map<String, Long> counts) {
    Map<String, Long> some = new LinkedHashMap<>(counts);
    some.values().removeIf(count -> count == 0);
    return some;
  }

  /// Whether carrying it out would change anything: a preview that only counts what stands would.
  private boolean changes(CareFinding finding) {
    return finding.counts().entrySet().stream()
        .filter(
            e ->
                e.getKey().contains("to ")
                    || e.getKey().equals("files back")
                    || e.getKey().equals("files out"))
        .anyMatch(e -> e.getValue() > 0);
  }

  private static Node figures(Map<String, Long> counts) {
    TilePane tiles = new TilePane(8, 8);
    tiles.setPrefColumns(4);
    tiles.setPrefTileWidth((WIDTH - 24) / 4.0);
    for (Map.Entry<String, Long> count : counts.entrySet()) {
      boolean bytes = count.getKey().startsWith("bytes") || count.getKey().endsWith("bytes");
      Label value =
          new Label(bytes ? Figures.bytes(count.getValue()) : Figures.compact(count.getValue()));
      value.getStyleClass().add("stat-value");
      Label words =
          new Label(
              Names.spoken(bytes ? count.getKey().replace("bytes ", "size ") : count.getKey()));
      words.getStyleClass().add("page-subtitle");
      words.setWrapText(true);
      words.setTextAlignment(javafx.scene.text.TextAlignment.CENTER);
      words.setAlignment(Pos.TOP_CENTER);
      words.setMinHeight(30);
      VBox tile = new VBox(value, words);
      tile.setAlignment(Pos.TOP_CENTER);
      tile.getStyleClass().add("stat");
      tiles.getChildren().add(tile);
    }
    return tiles;
  }

  private void say(Tone tone, String what, String remedy) {
    Label words = new Label(what);
    words.setWrapText(true);
    words.setMaxWidth(WIDTH);
    words.getStyleClass().add("result-text");
    VBox box = new VBox(3, words);
    if (!remedy.isBlank()) {
      Label line = new Label(remedy);
      line.setWrapText(true);
      line.getStyleClass().add("page-subtitle");
      box.getChildren().add(line);
    }
    box.getStyleClass().addAll("result", tone.styleClass());
    found.getChildren().setAll(box);
  }
}
