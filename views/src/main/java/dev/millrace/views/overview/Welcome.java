package dev.millrace.views.overview;

import atlantafx.base.theme.Styles;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// What a person meets in a home without data: what this is, in three pictures, and the one button
/// that makes it live.
final class Welcome extends VBox {

  /// @param simulates whether the console has a fleet to start
  /// @param under what is on the way already; empty when nothing is
  /// @param start makes events flow
  Welcome(boolean simulates, ObservableValue<String> under, Runnable start) {
    super(22);
    Label title = new Label("Welcome to Millrace");
    title.getStyleClass().add("welcome-title");
    Label text = new Label();
    String before =
        simulates
            ? "Nothing has been sent to the topic and the lake is empty. One click starts a"
                + " simulated building and the stream: the first readings show here within"
                + " seconds."
            : "Nothing has been read from the topic and the lake is empty. Start the stream and"
                + " send events to the topic, or run “millrace demo” to look around with demo"
                + " data.";
    text.textProperty()
        .bind(
            under.map(
                words ->
                    words.isEmpty()
                        ? before
                        : "Events are on their way through the topic into the lake: the first"
                            + " readings show here within seconds."));
    text.setWrapText(true);
    text.getStyleClass().add("empty-text");
    text.setMaxWidth(560);
    HBox steps =
        new HBox(
            14,
            step(
                "mdi2a-access-point",
                simulates ? "1 · Events come" : "1 · Send events",
                simulates
                    ? "A fleet of sensors sends its readings through Kafka. Rate, faults and broken"
                        + " sensors are yours to steer in the Pipeline room."
                    : "Devices or files send JSON through Kafka. What cannot be read is kept as a"
                        + " dead letter, never lost."),
            step(
                "mdi2l-layers-triple-outline",
                "2 · Tables grow",
                "Each event stands in Bronze exactly once. “Run pipeline” builds Silver and Gold,"
                    + " checks their quality and loads the warehouse."),
            step(
                "mdi2c-chart-line",
                "3 · You see",
                "Heatmap, trends and anomalies live; every table, version and run a click away;"
                    + " SQL over all of it. Ctrl K finds anything."));
    steps.setAlignment(Pos.CENTER);
    Button go = new Button("", new FontIcon("mdi2p-play"));
    go.textProperty()
        .bind(
            under.map(
                words ->
                    !words.isEmpty()
                        ? words
                        : simulates ? "Start simulator and stream" : "Start stream"));
    go.disableProperty().bind(under.map(words -> !words.isEmpty()));
    go.setId("welcome-start");
    go.getStyleClass().addAll(Styles.ACCENT, Styles.LARGE);
    go.setDefaultButton(true);
    go.setOnAction(_ -> start.run());
    getChildren().setAll(title, text, steps, go);
    setAlignment(Pos.CENTER);
    getStyleClass().add("welcome");
  }

  private static Node step(String icon, String title, String text) {
    FontIcon picture = new FontIcon(icon);
    picture.getStyleClass().add("welcome-icon");
    StackPane disc = new StackPane(picture);
    disc.getStyleClass().add("welcome-disc");
    Label head = new Label(title);
    head.getStyleClass().add("card-title");
    Label words = new Label(text);
    words.setWrapText(true);
    words.getStyleClass().add("welcome-words");
    words.setMinHeight(Region.USE_PREF_SIZE);
    VBox card = new VBox(10, disc, head, words);
    card.getStyleClass().addAll("card", "welcome-step");
    card.setPrefWidth(290);
    card.setMaxWidth(290);
    return card;
  }
}
