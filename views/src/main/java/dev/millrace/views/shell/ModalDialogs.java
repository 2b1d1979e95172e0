package dev.millrace.views.shell;

import atlantafx.base.controls.ModalPane;
import atlantafx.base.theme.Styles;
import dev.millrace.views.controls.PieceByPiece;
import java.io.File;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import javafx.animation.AnimationTimer;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;
import javafx.stage.FileChooser.ExtensionFilter;
import org.kordamp.ikonli.javafx.FontIcon;

/// Dialogs within the window, on a pane above everything.
public final class ModalDialogs implements DialogService {

  private final ModalPane pane;
  private final boolean gradual;

  /// Where the file chosen last lies; the person's own folder before.
  private File folder = new File(System.getProperty("user.home", "."));

  /// Who had the focus before the first of them was opened.
  private Optional<Node> before = Optional.empty();

  /// @param gradual whether what is much comes over several frames
  public ModalDialogs(ModalPane pane, boolean gradual) {
    this.pane = pane;
    this.gradual = gradual;
    pane.displayProperty().addListener((_, _, shown) -> focusAgain(shown));
  }

  /// Keys go where they went before, unless what was there is gone.
  private void focusAgain(boolean shown) {
    if (!shown) {
      before.filter(node -> node.getScene() != null).ifPresent(Node::requestFocus);
      before = Optional.empty();
    }
  }

  @Override
  public void sheet(String title, Node content) {
    Button close = new Button("", new FontIcon("mdi2c-close"));
    close.getStyleClass().addAll(Styles.FLAT, Styles.BUTTON_ICON);
    close.setAccessibleText("Close");
    close.setCancelButton(true);
    close.setOnAction(_ -> pane.hide(true));
    open(new VBox(14, head(title, close), content), content, close);
  }

  @Override
  public void ask(String title, String effect, String yes, Runnable act) {
    Label words = new Label(effect);
    words.setWrapText(true);
    words.getStyleClass().add("dialog-words");
    Button agree = new Button(yes);
    agree.getStyleClass().add(Styles.ACCENT);
    agree.setDefaultButton(true);
    agree.setOnAction(
        _ -> {
          pane.hide();
          act.run();
        });
    Button decline = new Button("Not now");
    decline.setCancelButton(true);
    decline.setOnAction(_ -> pane.hide());
    HBox buttons = new HBox(8, decline, agree);
    buttons.setAlignment(Pos.CENTER_RIGHT);
    open(new VBox(14, head(title, new Region()), words, buttons), words, agree);
  }

  @Override
  public void confirm(
      String title,
      Node content,
      ObservableValue<String> yes,
      boolean grave,
      ObservableBooleanValue ready,
      Runnable act) {
    Button agree = new Button();
    agree.textProperty().bind(yes);
    agree.setId("confirm");
    agree.getStyleClass().add(grave ? Styles.DANGER : Styles.ACCENT);
    agree.disableProperty().bind(Bindings.not(ready));
    // A grave act wants to be meant: Enter alone does not agree to it.
    agree.setDefaultButton(!grave);
    agree.setOnAction(
        _ -> {
          Node before = pane.getContent();
          act.run();
          // It may have opened what comes next in this one's place.
          if (Objects.equals(pane.getContent(), before)) {
            pane.hide();
          }
        });
    Button decline = new Button("Not now");
    decline.setCancelButton(true);
    decline.setOnAction(_ -> pane.hide());
    HBox buttons = new HBox(8, decline, agree);
    buttons.setAlignment(Pos.CENTER_RIGHT);
    open(
        new VBox(14, head(title, new Region()), content, buttons),
        content,
        grave ? decline : agree);
  }

  @Override
  public Optional<Path> saveAs(String title, String name) {
    FileChooser chooser = new FileChooser();
    chooser.setTitle(title);
    chooser.setInitialFileName(name);
    if (folder.isDirectory()) {
      chooser.setInitialDirectory(folder);
    }
    int dot = name.lastIndexOf('.');
    if (dot >= 0) {
      String ending = name.substring(dot);
      chooser
          .getExtensionFilters()
          .addAll(
              new ExtensionFilter("Files of this kind", "*" + ending),
              new ExtensionFilter("All files", "*"));
    }
    Optional<File> chosen =
        Optional.ofNullable(chooser.showSaveDialog(pane.getScene().getWindow()));
    chosen.map(File::getParentFile).ifPresent(parent -> folder = parent);
    return chosen.map(File::toPath);
  }

  @Override
  public void close() {
    pane.hide();
  }

  private void open(VBox card, Node content, Node focus) {
    card.getStyleClass().add("dialog");
    card.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
    if (!pane.isDisplay() && pane.getScene() != null) {
      before = Optional.ofNullable(pane.getScene().getFocusOwner());
    }
    PieceByPiece pieces = PieceByPiece.of(content);
    pane.show(card);
    if (gradual) {
      assemble(card, pieces);
    } else {
      pieces.finish();
    }
    // What cannot be agreed to yet takes no focus, which must not stay behind the dialog.
    Node takes = focus.isDisabled() ? card : focus;
    card.setFocusTraversable(takes.equals(card));
    takes.requestFocus();
  }

  /// Brings what is in it a piece a frame, and shows it once it is whole.
  private static void assemble(Node card, PieceByPiece pieces) {
    if (pieces.whole()) {
      return;
    }
    card.setOpacity(0);
    new AnimationTimer() {
      @Override
      public void handle(long now) {
        pieces.step();
        if (pieces.whole()) {
          stop();
          card.setOpacity(1);
        }
      }
    }.start();
  }

  private static HBox head(String title, Region right) {
    Label words = new Label(title);
    words.getStyleClass().add("dialog-title");
    Region gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    HBox head = new HBox(8, words, gap, right);
    head.setAlignment(Pos.CENTER_LEFT);
    return head;
  }
}
