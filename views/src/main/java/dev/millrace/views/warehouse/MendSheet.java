package dev.millrace.views.warehouse;

import dev.millrace.engine.warehouse.Reconciliation;
import dev.millrace.engine.warehouse.Reconciliation.PartitionCheck;
import dev.millrace.engine.warehouse.Reconciliation.Verdict;
import dev.millrace.views.desk.Turn;
import dev.millrace.views.shell.DialogService;
import dev.millrace.views.text.Figures;
import dev.millrace.views.warehouse.WindowPlan.Compared;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// What mending would do: the windows that are loaded again, and what becomes of their rows.
final class MendSheet {

  private static final int WIDTH = 560;
  private static final int MOST_WINDOWS = 9;

  private MendSheet() {}

  static void open(WarehouseViewModel model, Reconciliation found, DialogService dialogs) {
    List<Compared> all = WindowPlan.compared(found, Optional.empty());
    List<Compared> differing =
        all.stream().filter(c -> c.window().verdict() == Verdict.DIFFERS).toList();
    long behind = all.stream().filter(c -> c.window().verdict() == Verdict.BEHIND).count();
    Label effect =
        new Label(
            "Loads these windows again from the lake, in one transaction with what is new there."
                + " What someone changed or added in them by hand is gone afterwards; rows of"
                + " merged tables that only the warehouse has are kept. They are compared once more"
                + " before.");
    effect.setWrapText(true);
    effect.setMaxWidth(WIDTH);
    Label summary =
        new Label(
            Figures.counted(differing.size(), "window")
                + " loaded again, "
                + Figures.counted(
                    differing.stream().mapToLong(c -> c.window().differing()).sum(), "row")
                + " put right");
    summary.setId("mend-summary");
    summary.getStyleClass().add("plan-title");
    VBox content = new VBox(10, effect, summary);
    for (Compared each : differing.stream().limit(MOST_WINDOWS).toList()) {
      content.getChildren().add(line(each));
    }
    if (differing.size() > MOST_WINDOWS) {
      content
          .getChildren()
          .add(Tiles.dim("and " + (differing.size() - MOST_WINDOWS) + " more windows"));
    }
    if (behind > 0) {
      content
          .getChildren()
          .add(
              Tiles.dim(
                  Figures.counted(behind, "window")
                      + " for which the lake has news "
                      + (behind == 1 ? "is" : "are")
                      + " loaded besides."));
    }
    content.setPrefWidth(WIDTH);
    dialogs.confirm(
        "Mend the warehouse",
        content,
        model.turn().map(turn -> Turn.words("Load them again", turn)),
        false,
        new SimpleBooleanProperty(true),
        model::mend);
  }

  private static HBox line(Compared each) {
    PartitionCheck window = each.window();
    Label name = new Label(each.table().target());
    name.getStyleClass().add("table-name");
    name.setMinWidth(0);
    Label date = Tiles.dim(WindowPlan.label(window.partition()));
    boolean merged = window.partition().isEmpty();
    Label what =
        new Label(
            merged
                ? Figures.count(window.lake().rows()) + " merged"
                : "−"
                    + Figures.count(window.warehouse().rows())
                    + " · +"
                    + Figures.count(window.lake().rows()));
    what.getStyleClass().add("fact-value");
    what.setMinWidth(Label.USE_PREF_SIZE);
    Label differ = new Label(Figures.count(window.differing()) + " differ");
    differ.getStyleClass().addAll("standing", "tone-warning");
    differ.setMinWidth(72);
    differ.setAlignment(Pos.CENTER_RIGHT);
    HBox line = new HBox(10, name, date, Tiles.gap(), what, differ);
    line.setAlignment(Pos.CENTER_LEFT);
    return line;
  }
}
