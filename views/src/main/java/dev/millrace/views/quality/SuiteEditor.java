package dev.millrace.views.quality;

import dev.millrace.engine.error.Problem;
import dev.millrace.views.controls.CodeText;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.scene.layout.StackPane;
import org.fxmisc.flowless.VirtualizedScrollPane;
import org.fxmisc.richtext.CodeArea;
import org.fxmisc.richtext.LineNumberFactory;
import org.fxmisc.richtext.model.StyleSpansBuilder;

/// Where a suite's JSON is written: coloured, with line numbers, lines at fault marked.
final class SuiteEditor extends StackPane {

  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<name>\"(?:[^\"\\\\\\n]|\\\\.)*+\"(?=\\s*:))"
              + "|(?<text>\"(?:[^\"\\\\\\n]|\\\\.)*+\"?)"
              + "|(?<number>-?\\d+(?:\\.\\d+)?(?:[eE][-+]?\\d+)?)"
              + "|(?<word>true|false|null)");

  private final SuiteModel model;
  private final CodeArea area = new CodeArea();
  private Set<Integer> faulty = Set.of();

  SuiteEditor(SuiteModel model) {
    this.model = model;
    area.setId("suite");
    area.getStyleClass().add("suite-area");
    area.setAccessibleText("The suite as JSON");
    area.setParagraphGraphicFactory(LineNumberFactory.get(area));
    CodeText.begin(area, model.text().get());
    area.textProperty()
        .addListener(
            (_, _, text) -> {
              model.text().set(text);
              colour();
            });
    model
        .text()
        .addListener(
            (_, _, text) -> {
              if (!text.equals(area.getText())) {
                CodeText.begin(area, text);
              }
            });
    model.problems().addListener((javafx.beans.Observable _) -> mark());
    getChildren().add(new VirtualizedScrollPane<>(area));
    getStyleClass().add("suite-editor");
    colour();
    mark();
  }

  /// Goes to a line, from 1.
  void reveal(int line) {
    int at = Math.clamp(line - 1L, 0, Math.max(0, area.getParagraphs().size() - 1));
    area.moveTo(at, 0);
    area.requestFollowCaret();
    area.requestFocus();
  }

  private void mark() {
    Set<Integer> next = new HashSet<>();
    for (Problem problem : model.problems()) {
      next.add(problem.line() - 1);
    }
    for (int line : faulty) {
      style(line, List.of());
    }
    for (int line : next) {
      style(line, List.of("suite-faulty"));
    }
    faulty = next;
  }

  private void style(int line, List<String> styles) {
    if (line >= 0 && line < area.getParagraphs().size()) {
      area.setParagraphStyle(line, styles);
    }
  }

  private void colour() {
    String text = area.getText();
    if (text.isEmpty()) {
      return;
    }
    StyleSpansBuilder<Collection<String>> spans = new StyleSpansBuilder<>();
    Matcher matcher = TOKEN.matcher(text);
    int at = 0;
    while (matcher.find()) {
      String style =
          matcher.group("name") != null
              ? "json-name"
              : matcher.group("text") != null
                  ? "json-text"
                  : matcher.group("number") != null ? "json-number" : "json-word";
      spans.add(Collections.emptyList(), matcher.start() - at);
      spans.add(Collections.singleton(style), matcher.end() - matcher.start());
      at = matcher.end();
    }
    spans.add(Collections.emptyList(), text.length() - at);
    area.setStyleSpans(0, spans.create());
  }
}
