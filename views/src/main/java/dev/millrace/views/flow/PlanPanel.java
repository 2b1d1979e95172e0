package dev.millrace.views.flow;

import dev.millrace.views.controls.Chips;
import dev.millrace.views.controls.FittingColumn;
import dev.millrace.views.controls.Hint;
import dev.millrace.views.controls.Repeater;
import dev.millrace.views.flow.PlanPicture.Line;
import dev.millrace.views.flow.PlanPicture.Progress;
import dev.millrace.views.flow.PlanPicture.Stat;
import dev.millrace.views.shell.DialogService;
import dev.millrace.views.theme.Tone;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// What is about to be done, with the button that does it, its progress and its result.
final class PlanPanel extends VBox {

  private final FlowViewModel model;
  private final DialogService dialogs;
  private final Label chip = Chips.chip("", "mdi2a-account-outline", Tone.ACCENT);
  private final Label title = new Label();
  private final Label subject = new Label();
  private final HBox statRow = new HBox(8);
  private final Repeater<Stat, StatBox> stats =
      new Repeater<>(statRow, StatBox::new, StatBox::show);
  private final FittingColumn lineRows = new FittingColumn(8);
  private final Repeater<Line, LineRow> lines =
      new Repeater<>(lineRows, LineRow::new, LineRow::show);
  private final VBox result = new VBox(2);
  private final ProgressBar bar = new ProgressBar();
  private final Label progressWords = new Label();
  private final VBox progress = new VBox(5, bar, progressWords);
  private final Button act = new Button("", new FontIcon("mdi2c-check"));
  private final Button cancel = new Button("Cancel");
  private Optional<PlanPicture> shown = Optional.empty();

  PlanPanel(FlowViewModel model, DialogService dialogs) {
    super(10);
    this.model = model;
    this.dialogs = dialogs;
    FontIcon icon = new FontIcon("mdi2c-clipboard-check-outline");
    icon.getStyleClass().add("panel-icon");
    Label head = new Label("About to do");
    head.getStyleClass().add("card-title");
    Region gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    HBox top = new HBox(8, icon, head, gap, chip);
    top.setAlignment(Pos.CENTER_LEFT);
    top.getStyleClass().add("card-head");
    title.getStyleClass().add("plan-title");
    subject.getStyleClass().add("page-subtitle");
    VBox.setVgrow(lineRows, Priority.ALWAYS);
    bar.setMaxWidth(Double.MAX_VALUE);
    progressWords.getStyleClass().add("page-subtitle");
    result.getStyleClass().add("result");
    act.setId("act");
    act.getStyleClass().add("accent");
    act.setMaxWidth(Double.MAX_VALUE);
    HBox.setHgrow(act, Priority.ALWAYS);
    act.setOnAction(_ -> start());
    cancel.setId("plan-cancel");
    cancel.setMinWidth(USE_PREF_SIZE);
    cancel.setOnAction(
        _ -> shown.flatMap(PlanPicture::progress).ifPresent(p -> model.cancel(p.work())));
    HBox buttons = new HBox(8, cancel, act);
    getChildren()
        .setAll(top, new VBox(1, title, subject), statRow, lineRows, result, progress, buttons);
    getStyleClass().addAll("card", "plan-panel");
    setMinHeight(0);
    model.plan().addListener((_, _, now) -> now.ifPresent(this::show));
  }

  private void start() {
    shown.ifPresent(
        plan ->
            plan.command()
                .ifPresent(
                    command -> {
                      if (plan.caution().isEmpty()) {
                        model.submit(command);
                      } else {
                        dialogs.ask(
                            plan.title() + "?",
                            plan.caution(),
                            plan.button(),
                            () -> model.submit(command));
                      }
                    }));
  }

  private void show(PlanPicture plan) {
    shown = Optional.of(plan);
    title.setText(plan.title());
    subject.setText(plan.subject());
    stats.show(plan.stats());
    lines.show(plan.lines());
    Optional<Progress> runs = plan.progress();
    act.setText(runs.map(p -> p.waits() ? "Waits its turn" : "Under way").orElse(plan.button()));
    act.setVisible(!plan.button().isEmpty() || runs.isPresent());
    act.setManaged(act.isVisible());
    if (!plan.due()) {
      act.getStyleClass().remove("accent");
    } else if (!act.getStyleClass().contains("accent")) {
      act.getStyleClass().add("accent");
    }
    act.setDisable(runs.isPresent() || plan.command().isEmpty());
    cancel.setVisible(runs.isPresent());
    cancel.setManaged(runs.isPresent());
    cancel.setDisable(!runs.map(Progress::cancellable).orElse(false));
    progress.setVisible(runs.isPresent());
    progress.setManaged(runs.isPresent());
    runs.ifPresent(
        p -> {
          double share = p.share() < 0 ? ProgressBar.INDETERMINATE_PROGRESS : p.share();
          if (bar.getProgress() != share) {
            bar.setProgress(share);
          }
          progressWords.setText(p.text());
        });
    result.setVisible(plan.result().isPresent() && runs.isEmpty());
    result.setManaged(result.isVisible());
    plan.result()
        .ifPresent(
            r -> {
              Label text = new Label(r.text());
              text.setWrapText(true);
              text.getStyleClass().add("result-text");
              result.getChildren().setAll(text);
              if (!r.remedy().isBlank()) {
                Label remedy = new Label(r.remedy());
                remedy.setWrapText(true);
                remedy.getStyleClass().add("page-subtitle");
                result.getChildren().add(remedy);
              }
              r.tone().dress(result);
            });
    if (runs.filter(Progress::waits).isPresent()) {
      Chips.show(chip, "Waits its turn", "mdi2t-timer-sand", Tone.MUTED);
    } else if (runs.isPresent()) {
      Chips.show(chip, "Running", "mdi2p-progress-clock", Tone.ACCENT);
    } else if (plan.result().isPresent()) {
      Tone tone = plan.result().get().tone();
      Chips.show(
          chip,
          tone == Tone.GOOD ? "Done" : tone == Tone.BAD ? "Failed" : "Cancelled",
          tone == Tone.GOOD ? "mdi2c-check-circle-outline" : "mdi2a-alert-circle-outline",
          tone);
    } else if (plan.button().isEmpty()) {
      Chips.show(chip, "Nothing to run", "mdi2i-information-outline", Tone.MUTED);
    } else if (plan.command().isEmpty()) {
      Chips.show(chip, "Not yet", "mdi2a-account-outline", Tone.MUTED);
    } else if (plan.due()) {
      Chips.show(chip, "Waiting for you", "mdi2a-account-outline", Tone.ACCENT);
    } else {
      Chips.show(chip, "Nothing new", "mdi2c-check", Tone.MUTED);
    }
  }

  private static final class StatBox extends VBox {
    private final Label value = new Label();
    private final Label words = new Label();

    StatBox() {
      value.getStyleClass().add("stat-value");
      words.getStyleClass().add("page-subtitle");
      getChildren().setAll(value, words);
      setAlignment(Pos.CENTER);
      getStyleClass().add("stat");
      setPrefWidth(90);
      HBox.setHgrow(this, Priority.ALWAYS);
    }

    void show(Stat stat) {
      value.setText(stat.value());
      words.setText(stat.words());
      stat.tone().dress(value);
    }
  }

  private static final class LineRow extends HBox {
    private final FontIcon icon = new FontIcon();
    private final Label name = new Label();
    private final Label value = new Label();

    LineRow() {
      super(8);
      icon.getStyleClass().add("line-icon");
      name.getStyleClass().add("fact-name");
      name.setMinWidth(USE_PREF_SIZE);
      Region gap = new Region();
      gap.setMinWidth(10);
      HBox.setHgrow(gap, Priority.ALWAYS);
      value.getStyleClass().add("line-value");
      value.setMinWidth(0);
      Hint.on(value, value::getText);
      getChildren().setAll(icon, name, gap, value);
      setAlignment(Pos.CENTER_LEFT);
    }

    void show(Line line) {
      if (!line.icon().equals(icon.getIconLiteral())) {
        icon.setIconLiteral(line.icon());
      }
      line.tone().dress(icon);
      name.setText(line.name());
      value.setText(line.value());
    }
  }
}
