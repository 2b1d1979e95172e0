package dev.millrace.views.flow;

import dev.millrace.engine.api.EngineSnapshot.LogEvent;
import dev.millrace.engine.api.EngineSnapshot.Severity;
import dev.millrace.views.text.Clock;
import dev.millrace.views.theme.Tone;
import java.time.Instant;
import java.util.function.Supplier;
import javafx.geometry.Pos;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.kordamp.ikonli.javafx.FontIcon;

/// One line of the log: time, severity, part, words.
final class EventCell extends ListCell<LogEvent> {

  private final Clock clock;
  private final Supplier<Instant> now;
  private final Label time = new Label();
  private final FontIcon icon = new FontIcon("mdi2i-information-outline");
  private final Label part = new Label();
  private final Label message = new Label();
  private final HBox line = new HBox(10, time, icon, part, message);

  EventCell(Clock clock, Supplier<Instant> now) {
    this.clock = clock;
    this.now = now;
    time.getStyleClass().add("event-time");
    time.setMinWidth(62);
    icon.getStyleClass().add("event-icon");
    part.getStyleClass().add("event-part");
    part.setMinWidth(86);
    part.setPrefWidth(86);
    message.getStyleClass().add("event-message");
    message.setMinWidth(0);
    HBox.setHgrow(message, Priority.ALWAYS);
    line.setAlignment(Pos.CENTER_LEFT);
    setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
    setPrefWidth(0);
  }

  @Override
  protected void updateItem(LogEvent event, boolean empty) {
    super.updateItem(event, empty);
    if (empty || event == null) {
      setGraphic(null);
      return;
    }
    time.setText(clock.second(event.at()));
    part.setText(event.part());
    message.setText(event.message());
    Tone tone = tone(event.severity());
    icon.setIconLiteral(icon(event.severity()));
    icon.getStyleClass().setAll("ikonli-font-icon", "event-icon", tone.styleClass());
    setGraphic(line);
    setAccessibleText(
        clock.second(event.at(), now.get()) + ", " + event.part() + ", " + event.message());
  }

  private static Tone tone(Severity severity) {
    return switch (severity) {
      case INFO -> Tone.ACCENT;
      case GOOD -> Tone.GOOD;
      case WARNING -> Tone.WARNING;
      case FAILURE -> Tone.BAD;
    };
  }

  private static String icon(Severity severity) {
    return switch (severity) {
      case INFO -> "mdi2p-progress-clock";
      case GOOD -> "mdi2c-check-circle-outline";
      case WARNING -> "mdi2a-alert-outline";
      case FAILURE -> "mdi2a-alert-circle-outline";
    };
  }
}
