package dev.millrace.views.warehouse;

import atlantafx.base.theme.Styles;
import dev.millrace.engine.api.Answer;
import dev.millrace.views.controls.Chips;
import dev.millrace.views.controls.Hint;
import dev.millrace.views.text.Figures;
import dev.millrace.views.theme.Tone;
import java.time.Duration;
import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// Who answers as the warehouse, how fast, and as whom we are logged in; asked anew by a button.
final class ServerCard extends VBox {

  private final Label chip = Chips.chip("", "mdi2h-help-circle-outline", Tone.MUTED);
  private final Button test = new Button("Test", new FontIcon("mdi2l-lan-check"));
  private final Button restart = new Button("", new FontIcon("mdi2r-restart"));
  private final VBox facts = new VBox(3);

  ServerCard(WarehouseViewModel model) {
    super(8);
    restart.setId("warehouse-restart");
    restart.getStyleClass().add(Styles.ACCENT);
    restart.setMinWidth(USE_PREF_SIZE);
    restart.setOnAction(_ -> model.restart());
    model.restarting().addListener((_, _, now) -> offer(now));
    offer(model.restarting().get());
    Label title = new Label("Connection");
    title.getStyleClass().add("card-title");
    var _ = Tiles.small(test, "warehouse-test");
    test.setOnAction(_ -> model.test());
    HBox head = new HBox(8, title, Tiles.gap(), chip, test);
    head.setAlignment(Pos.CENTER_LEFT);
    head.getStyleClass().add("card-head");
    chip.setId("warehouse-answers");
    getChildren().setAll(head, facts, restart);
    getStyleClass().add("card");
    setMinHeight(USE_PREF_SIZE);
    model.server().addListener((_, _, now) -> show(now));
    show(model.server().get());
  }

  private void offer(WarehouseViewModel.Restart now) {
    boolean offered = now != WarehouseViewModel.Restart.NONE;
    restart.setVisible(offered);
    restart.setManaged(offered);
    restart.setDisable(now == WarehouseViewModel.Restart.UNDER_WAY);
    restart.setText(
        now == WarehouseViewModel.Restart.UNDER_WAY
            ? "PostgreSQL is starting"
            : "Restart PostgreSQL");
  }

  private void show(Looked<Answer.WarehouseServer> now) {
    test.setDisable(now instanceof Looked.Looking);
    facts.getChildren().clear();
    switch (now) {
      case Looked.NotYet<Answer.WarehouseServer> _ ->
          Chips.show(chip, "Not asked", "mdi2h-help-circle-outline", Tone.MUTED);
      case Looked.Looking<Answer.WarehouseServer> _ ->
          Chips.show(chip, "Asking", "mdi2p-progress-clock", Tone.ACCENT);
      case Looked.Stopped<Answer.WarehouseServer> _ ->
          Chips.show(chip, "Not asked", "mdi2c-cancel", Tone.MUTED);
      case Looked.Refused<Answer.WarehouseServer> refused -> {
        Chips.show(chip, "No answer", "mdi2a-alert-circle-outline", Tone.BAD);
        Label what = new Label(refused.what() + ".");
        what.setWrapText(true);
        what.setMaxHeight(96);
        Hint.on(what, refused.what());
        what.getStyleClass().add("result-text");
        Label remedy = new Label("To do: " + refused.remedy() + ".");
        remedy.setWrapText(true);
        remedy.setMinHeight(USE_PREF_SIZE);
        remedy.getStyleClass().add("page-subtitle");
        VBox box = new VBox(4, what, remedy);
        box.getStyleClass().addAll("result", Tone.BAD.styleClass());
        facts.getChildren().add(box);
      }
      case Looked.Found<Answer.WarehouseServer> found -> {
        Chips.show(chip, "Answers", "mdi2c-check-circle-outline", Tone.GOOD);
        var server = found.what().server();
        line("Server", server.product() + " " + server.version());
        line("At", server.place());
        line("As", server.user() + (server.encrypted() ? ", encrypted" : ", not encrypted"));
        line("Schema", server.schema() + (server.schemaStands() ? "" : ", not made yet"));
        line("Answer", millis(server.answer()) + ", login " + Figures.span(server.login()));
      }
    }
  }

  private static String millis(Duration duration) {
    return String.format(Locale.ENGLISH, "%.1f ms", duration.toNanos() / 1e6);
  }

  private void line(String name, String value) {
    Label words = new Label(name);
    words.getStyleClass().add("fact-name");
    words.setMinWidth(52);
    Label told = new Label(value);
    told.getStyleClass().add("server-fact");
    told.setMinWidth(0);
    Hint.on(told, value);
    HBox line = new HBox(6, words, told);
    line.setAlignment(Pos.CENTER_LEFT);
    facts.getChildren().add(line);
  }
}
