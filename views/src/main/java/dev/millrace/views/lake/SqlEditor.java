package dev.millrace.views.lake;

import dev.millrace.views.controls.CodeText;
import dev.millrace.views.lake.Completion.Proposal;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import javafx.geometry.Bounds;
import javafx.geometry.Pos;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.stage.Popup;
import org.fxmisc.flowless.VirtualizedScrollPane;
import org.fxmisc.richtext.CodeArea;
import org.fxmisc.richtext.LineNumberFactory;
import org.fxmisc.richtext.model.StyleSpans;
import org.fxmisc.richtext.model.StyleSpansBuilder;

/// Where SQL is written: coloured, with line numbers, and proposals of what may follow (Ctrl Space,
/// or two letters of a word; Enter or Tab takes one). Ctrl Enter runs, Esc cancels.
final class SqlEditor extends StackPane {

  private static final int BEGUN = 2;

  /// Border and padding of the proposals above and below them, in pixels.
  private static final int FRAME = 8;

  private final SqlViewModel model;
  private final CodeArea area = new CodeArea();
  private final Popup popup = new Popup();
  private final ListView<Proposal> proposals = new ListView<>();
  private int from;
  private boolean taking;
  private boolean wanted;

  SqlEditor(SqlViewModel model) {
    this.model = model;
    area.setId("sql");
    area.getStyleClass().add("sql-area");
    area.setAccessibleText("SQL; Ctrl Enter runs it, Ctrl Space proposes");
    area.setParagraphGraphicFactory(LineNumberFactory.get(area));
    CodeText.begin(area, model.text().get());
    colour();
    area.textProperty()
        .addListener(
            (_, _, text) -> {
              model.text().set(text);
              colour();
              learn(text);
              if (!taking) {
                propose(false);
              }
            });
    model
        .text()
        .addListener(
            (_, _, text) -> {
              if (!text.equals(area.getText())) {
                area.replaceText(text);
                area.moveTo(text.length());
                popup.hide();
              }
            });
    learn(model.text().get());
    model
        .tables()
        .addListener(
            (javafx.beans.Observable _) -> {
              colour();
              learn(model.text().get());
            });
    area.sceneProperty().addListener((_, _, _) -> focusWhenWanted());
    area.addEventFilter(KeyEvent.KEY_PRESSED, this::press);
    area.focusedProperty().addListener((_, _, focused) -> hideUnless(focused));
    proposals.setCellFactory(_ -> new ProposalCell());
    proposals.getStyleClass().add("proposals");
    proposals.setFixedCellSize(24);
    proposals.setFocusTraversable(false);
    proposals.setOnMouseClicked(_ -> take());
    popup.getContent().add(proposals);
    popup.setAutoHide(true);
    getChildren().add(new VirtualizedScrollPane<>(area));
    getStyleClass().add("sql-editor");
  }

  /// Takes the focus, at the latest when it comes into a window.
  void focus() {
    wanted = area.getScene() == null;
    area.requestFocus();
  }

  private void focusWhenWanted() {
    if (wanted && area.getScene() != null) {
      wanted = false;
      area.requestFocus();
    }
  }

  /// Marks the line of a fault.
  void mark(OptionalInt line) {
    for (int i = 0; i < area.getParagraphs().size(); i++) {
      area.setParagraphStyle(i, List.of());
    }
    line.ifPresent(
        at -> {
          if (at >= 1 && at <= area.getParagraphs().size()) {
            area.setParagraphStyle(at - 1, List.of("sql-faulty"));
          }
        });
  }

  /// Puts a word where the caret stands.
  void insert(String word) {
    area.insertText(area.getCaretPosition(), word);
    area.requestFocus();
  }

  private void hideUnless(boolean focused) {
    if (!focused) {
      popup.hide();
    }
  }

  private void colour() {
    StyleSpansBuilder<Collection<String>> builder = new StyleSpansBuilder<>();
    Set<String> tables = model.columns().keySet();
    for (SqlWords.Stretch stretch : SqlWords.stretches(area.getText(), tables)) {
      builder.add(
          stretch.style().isEmpty()
              ? Collections.emptyList()
              : Collections.singleton(stretch.style()),
          stretch.length());
    }
    StyleSpans<Collection<String>> spans = builder.create();
    area.setStyleSpans(0, spans);
  }

  private void learn(String text) {
    String lower = text.toLowerCase(java.util.Locale.ROOT);
    for (String table : List.copyOf(model.columns().keySet())) {
      if (lower.contains(table)) {
        model.learnColumns(table);
      }
    }
  }

  private void press(KeyEvent e) {
    if (e.isShortcutDown() && e.getCode() == KeyCode.ENTER) {
      popup.hide();
      model.run();
      e.consume();
    } else if (e.isControlDown() && e.getCode() == KeyCode.SPACE) {
      propose(true);
      e.consume();
    } else if (popup.isShowing()) {
      steer(e);
    } else if (e.getCode() == KeyCode.ESCAPE) {
      model.cancel();
      e.consume();
    } else if (e.getCode() == KeyCode.TAB && !e.isShiftDown() && !e.isControlDown()) {
      area.replaceSelection("  ");
      e.consume();
    }
  }

  private void steer(KeyEvent e) {
    int at = proposals.getSelectionModel().getSelectedIndex();
    switch (e.getCode()) {
      case DOWN -> select(at + 1);
      case UP -> select(at - 1);
      case ENTER, TAB -> take();
      case ESCAPE -> popup.hide();
      default -> {
        return;
      }
    }
    e.consume();
  }

  private void select(int at) {
    int to = Math.clamp(at, 0, proposals.getItems().size() - 1);
    proposals.getSelectionModel().select(to);
    proposals.scrollTo(Math.max(0, to - 4));
  }

  private void propose(boolean asked) {
    int caret = area.getCaretPosition();
    Completion completion = Completion.at(area.getText(), caret, model.columns());
    boolean wanted = asked || caret - completion.from() >= BEGUN;
    if (!wanted || completion.proposals().isEmpty() || !area.isFocused()) {
      popup.hide();
      return;
    }
    from = completion.from();
    proposals.getItems().setAll(completion.proposals());
    proposals.getSelectionModel().selectFirst();
    proposals.setPrefSize(
        320, Math.min(8, completion.proposals().size()) * proposals.getFixedCellSize() + FRAME);
    Bounds caretAt = area.getCaretBounds().orElse(null);
    if (caretAt != null) {
      proposals.getStylesheets().setAll(getScene().getStylesheets());
      popup.show(area, caretAt.getMinX(), caretAt.getMaxY() + 3);
    }
  }

  private void take() {
    Proposal proposal = proposals.getSelectionModel().getSelectedItem();
    popup.hide();
    if (proposal != null) {
      taking = true;
      area.replaceText(from, area.getCaretPosition(), proposal.text());
      taking = false;
      area.requestFocus();
    }
  }

  private static final class ProposalCell extends ListCell<Proposal> {

    private final Label text = new Label();
    private final Label detail = new Label();
    private final HBox line = new HBox(8, text, gap(), detail);

    ProposalCell() {
      setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
      line.setAlignment(Pos.CENTER_LEFT);
      detail.getStyleClass().add("proposal-detail");
    }

    private static Region gap() {
      Region gap = new Region();
      HBox.setHgrow(gap, Priority.ALWAYS);
      return gap;
    }

    @Override
    protected void updateItem(Proposal proposal, boolean empty) {
      super.updateItem(proposal, empty);
      if (empty || proposal == null) {
        setGraphic(null);
        return;
      }
      text.setText(proposal.text());
      text.getStyleClass().setAll("label", "mono", "proposal-" + proposal.kind());
      detail.setText(proposal.detail().isEmpty() ? proposal.kind() : proposal.detail());
      setGraphic(line);
    }
  }
}
