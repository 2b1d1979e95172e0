package dev.millrace.views.letters;

import dev.millrace.views.controls.CodeText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.scene.layout.StackPane;
import org.fxmisc.flowless.VirtualizedScrollPane;
import org.fxmisc.richtext.CodeArea;
import org.fxmisc.richtext.model.StyleSpansBuilder;

/// The raw event, coloured as JSON, its fault marked; can be mended.
final class EventEditor extends StackPane {

  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<name>\"(?:[^\"\\\\]++|\\\\.)*+\"(?=\\s*:))"
              + "|(?<text>\"(?:[^\"\\\\]++|\\\\.)*+\"?)"
              + "|(?<number>-?\\d+(?:\\.\\d+)?(?:[eE][-+]?\\d+)?)"
              + "|(?<word>true|false|null)");

  private final OpenLetter open;
  private final CodeArea area = new CodeArea();

  EventEditor(OpenLetter open) {
    this.open = open;
    area.setId("event");
    area.setWrapText(true);
    area.getStyleClass().add("event-area");
    area.setAccessibleText("The event as it came; mend it here");
    CodeText.begin(area, open.text().get());
    area.textProperty()
        .addListener(
            (_, _, text) -> {
              open.text().set(text);
              colour();
            });
    open.text()
        .addListener(
            (_, _, text) -> {
              if (!text.equals(area.getText())) {
                CodeText.begin(area, text);
              }
            });
    open.judgement().addListener((_, _, _) -> colour());
    open.letter().addListener((_, _, _) -> area.setEditable(open.mendable()));
    area.setEditable(open.mendable());
    getChildren().add(new VirtualizedScrollPane<>(area));
    getStyleClass().add("event-editor");
    colour();
  }

  /// One stretch of one colour.
  private record Stretch(int from, int to, String style) {}

  private void colour() {
    String text = area.getText();
    if (text.isEmpty()) {
      return;
    }
    List<Stretch> stretches = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.find()) {
      String style =
          matcher.group("name") != null
              ? "json-name"
              : matcher.group("text") != null
                  ? "json-text"
                  : matcher.group("number") != null ? "json-number" : "json-word";
      stretches.add(new Stretch(matcher.start(), matcher.end(), style));
    }
    Judgement judgement = open.judgement().get();
    StyleSpansBuilder<Collection<String>> spans = new StyleSpansBuilder<>();
    int at = 0;
    for (Stretch stretch : stretches) {
      at = add(spans, at, stretch.from(), "", judgement);
      at = add(spans, at, stretch.to(), stretch.style(), judgement);
    }
    add(spans, at, text.length(), "", judgement);
    area.setStyleSpans(0, spans.create());
  }

  /// Adds what stands between, parted where the fault begins and ends.
  private static int add(
      StyleSpansBuilder<Collection<String>> spans,
      int from,
      int to,
      String style,
      Judgement judgement) {
    int at = from;
    while (at < to) {
      boolean within = judgement.faulty() && at >= judgement.from() && at < judgement.to();
      int next = to;
      if (judgement.faulty() && at < judgement.from()) {
        next = Math.min(next, judgement.from());
      } else if (within) {
        next = Math.min(next, judgement.to());
      }
      List<String> styles = new ArrayList<>();
      if (!style.isEmpty()) {
        styles.add(style);
      }
      if (within) {
        styles.add("json-fault");
      }
      spans.add(styles.isEmpty() ? Collections.emptyList() : styles, next - at);
      at = next;
    }
    if (from == to && to == 0) {
      spans.add(Collections.emptyList(), 0);
    }
    return to;
  }
}
