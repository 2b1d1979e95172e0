package dev.millrace.views.warehouse;

import dev.millrace.engine.api.Outcome;
import dev.millrace.engine.warehouse.LoadPreview;
import dev.millrace.engine.warehouse.LoadPreview.TablePreview;
import dev.millrace.views.desk.Turn;
import dev.millrace.views.shell.DialogService;
import dev.millrace.views.text.Figures;
import dev.millrace.views.theme.Tone;
import dev.millrace.views.warehouse.WindowPlan.Planned;
import dev.millrace.views.warehouse.WindowPlan.Totals;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// What a load would do now, looked at before a person agrees to it.
final class LoadSheet {

  private static final int WIDTH = 520;
  private static final int MOST_TABLES = 8;

  private final SimpleBooleanProperty ready = new SimpleBooleanProperty();
  private final VBox found = new VBox(8);

  private final Runnable decide;

  private LoadSheet(Runnable decide) {
    this.decide = decide;
  }

  static void open(WarehouseViewModel model, DialogService dialogs) {
    LoadSheet sheet =
        new LoadSheet(
            () -> {
              dialogs.close();
              model.openQuality();
            });
    Label effect =
        new Label(
            "Brings every table up to the lake's newest version in one transaction: readers see the"
                + " state before or after, and a load that fails leaves all as it was.");
    effect.setWrapText(true);
    effect.setMaxWidth(WIDTH);
    ProgressIndicator wheel = new ProgressIndicator();
    wheel.setMaxSize(28, 28);
    HBox wait = new HBox(10, wheel, Tiles.dim("Looking at what it would do …"));
    wait.setAlignment(Pos.CENTER_LEFT);
    sheet.found.getChildren().setAll(wait);
    sheet.found.setMinHeight(112);
    VBox content = new VBox(14, effect, sheet.found);
    content.setPrefWidth(WIDTH);
    var _ = model.previewAnew(sheet::told);
    dialogs.confirm(
        "Load the warehouse",
        content,
        model.turn().map(turn -> Turn.words("Load", turn)),
        false,
        sheet.ready,
        model::load);
  }

  private void told(Looked<Outcome.LoadPlanned> looked) {
    switch (looked) {
      case Looked.Found<Outcome.LoadPlanned> it -> show(it.what());
      case Looked.Refused<Outcome.LoadPlanned> refused -> {
        Label what = new Label(refused.what() + ".");
        what.setWrapText(true);
        what.setMaxWidth(WIDTH);
        what.getStyleClass().add("result-text");
        VBox box = new VBox(3, what, Tiles.dim("To do: " + refused.remedy() + "."));
        box.getStyleClass().addAll("result", Tone.BAD.styleClass());
        found.getChildren().setAll(box);
      }
      case Looked.NotYet<Outcome.LoadPlanned> _,
          Looked.Looking<Outcome.LoadPlanned> _,
          Looked.Stopped<Outcome.LoadPlanned> _ ->
          found.getChildren().setAll(Tiles.dim("Looking was stopped; nothing was changed."));
    }
  }

  private void show(Outcome.LoadPlanned planned) {
    LoadPreview preview = planned.preview();
    found.getChildren().clear();
    planned.hold().ifPresent(hold -> found.getChildren().add(new HoldBox(hold, decide)));
    Label summary =
        new Label(sentence(planned.hold().isPresent() ? preview.summaryHeld() : preview.summary()));
    summary.setId("load-summary");
    summary.setWrapText(true);
    summary.setMaxWidth(WIDTH);
    summary.getStyleClass().add("plan-title");
    found.getChildren().add(summary);
    List<TablePreview> touched = new ArrayList<>();
    for (TablePreview table : preview.tables()) {
      if (table.changes()) {
        touched.add(table);
      }
    }
    for (TablePreview table : touched.stream().limit(MOST_TABLES).toList()) {
      found.getChildren().add(line(preview, table));
    }
    if (touched.size() > MOST_TABLES) {
      found.getChildren().add(Tiles.dim("and " + (touched.size() - MOST_TABLES) + " more tables"));
    }
    ready.set(preview.changes() && planned.hold().isEmpty());
  }

  static String sentence(String words) {
    return words.substring(0, 1).toUpperCase(Locale.ROOT)
        + words.substring(1).replace(" MB", "\u00a0MB")
        + ".";
  }

  private static HBox line(LoadPreview preview, TablePreview table) {
    List<Planned> windows = WindowPlan.planned(preview, Optional.of(table.target()));
    Totals totals = WindowPlan.totals(windows);
    List<String> parts = new ArrayList<>();
    if (table.made()) {
      parts.add("made");
    }
    if (totals.inserted() > 0) {
      parts.add("+" + Figures.compact(totals.inserted()));
    }
    if (totals.updated() > 0) {
      parts.add(Figures.compact(totals.updated()) + " updated");
    }
    if (totals.deleted() > 0) {
      parts.add("−" + Figures.compact(totals.deleted()));
    }
    Label name = new Label(table.target());
    name.getStyleClass().add("table-name");
    name.setMinWidth(0);
    Label what = new Label(String.join(" · ", parts));
    what.getStyleClass().add("fact-value");
    what.setMinWidth(Label.USE_PREF_SIZE);
    Label windowsTouched = Tiles.dim(Figures.counted(totals.windows(), "window"));
    windowsTouched.setMinWidth(84);
    windowsTouched.setAlignment(Pos.CENTER_RIGHT);
    HBox line = new HBox(10, name, Tiles.gap(), what, windowsTouched);
    line.setAlignment(Pos.CENTER_LEFT);
    return line;
  }
}
