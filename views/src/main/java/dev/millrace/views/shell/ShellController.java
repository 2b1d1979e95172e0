package dev.millrace.views.shell;

import atlantafx.base.controls.ModalPane;
import dev.millrace.views.charts.ThemedCanvas;
import dev.millrace.views.controls.Hint;
import dev.millrace.views.desk.Turn;
import dev.millrace.views.shell.ShellViewModel.Chip;
import dev.millrace.views.shell.ShellViewModel.WorkLine;
import dev.millrace.views.theme.Theme;
import dev.millrace.views.theme.Tone;
import java.time.InstantSource;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.value.ObservableValue;
import javafx.event.EventTarget;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.fxmisc.richtext.CodeArea;
import org.kordamp.ikonli.javafx.FontIcon;

/// Binds the frame to its view model.
public final class ShellController {

  /// Below it, in pixels, the foot tells of work in the place of the last commit.
  private static final double WIDE = 1500;

  @FXML private StackPane shell;
  @FXML private VBox rooms;
  @FXML private RoomDeck room;
  @FXML private BorderPane frame;
  @FXML private Label title;
  @FXML private Label subtitle;
  @FXML private HBox chips;
  @FXML private Label pipeline;
  @FXML private Button run;
  @FXML private Button theme;
  @FXML private Button help;
  @FXML private Button find;
  @FXML private HBox notice;
  @FXML private FontIcon noticeIcon;
  @FXML private Label noticeWhat;
  @FXML private Label noticeRemedy;
  @FXML private Button noticeAct;
  @FXML private HBox services;
  @FXML private Label throughput;
  @FXML private Label lag;
  @FXML private Label commitKey;
  @FXML private Label commit;
  @FXML private HBox figures;
  @FXML private HBox work;
  @FXML private Label workTitle;
  @FXML private Label workDetail;
  @FXML private ProgressBar workShare;
  @FXML private Button workCancel;
  @FXML private Label idle;
  @FXML private Label demo;
  @FXML private VBox toasts;
  @FXML private ModalPane modal;
  @FXML private VBox loading;
  @FXML private Label loadingWhat;

  private final ShellViewModel model;
  private final boolean animated;
  private final ToggleGroup group = new ToggleGroup();
  private final Map<Room, ToggleButton> doors = new EnumMap<>(Room.class);
  private List<Room> shown = List.of();
  private Runnable onTheme = () -> {};
  private Runnable onPalette = () -> {};

  /// @param animated whether anything comes over time
  public ShellController(ShellViewModel model, boolean animated) {
    this.model = model;
    this.animated = animated;
  }

  /// @param known rooms that have a view, in the order of the rail
  /// @param opened told which room a person wants
  /// @param themed told that a person wants the other theme
  /// @param palette told that a person wants the palette
  public void connect(
      Collection<Room> known, Consumer<Room> opened, Runnable themed, Runnable palette) {
    onTheme = themed;
    onPalette = palette;
    shown = List.copyOf(known);
    for (Room each : known) {
      ToggleButton door = new ToggleButton(each.title(), new FontIcon(each.icon()));
      door.setContentDisplay(ContentDisplay.TOP);
      door.setToggleGroup(group);
      door.setMaxWidth(Double.MAX_VALUE);
      door.setId("nav-" + each.id());
      door.getStyleClass().add("rail-item");
      Hint.on(door, each.title() + " (" + each.keys() + ")");
      door.setOnAction(
          _ -> {
            door.setSelected(true);
            opened.accept(each);
          });
      doors.put(each, door);
      rooms.getChildren().add(door);
    }
  }

  public DialogService dialogs() {
    return new ModalDialogs(modal, animated);
  }

  /// The tray of toasts. Escape puts the newest away, unless it means something else: a dialog, or
  /// whatever has the focus and does something with it. Tables, lists and menus would swallow it
  /// for nothing.
  public ToastTray toasts(InstantSource clock) {
    ToastTray tray = new ToastTray(toasts, clock, animated);
    shell.addEventHandler(KeyEvent.KEY_PRESSED, key -> escape(key, tray));
    shell.addEventFilter(
        KeyEvent.KEY_PRESSED,
        key -> {
          if (!meansSomething(key.getTarget())) {
            escape(key, tray);
          }
        });
    return tray;
  }

  /// Whether Escape is for what has the focus first.
  private static boolean meansSomething(EventTarget target) {
    return switch (target) {
      case TextInputControl _, CodeArea _, ThemedCanvas _ -> true;
      case MenuButton menu -> menu.isShowing();
      case ComboBoxBase<?> choice -> choice.isShowing();
      default -> false;
    };
  }

  private void escape(KeyEvent key, ToastTray tray) {
    if (key.getCode() == KeyCode.ESCAPE && !modal.isDisplay() && tray.dismissNewest()) {
      key.consume();
    }
  }

  /// Where the rooms stand.
  public RoomDeck deck() {
    return room;
  }

  /// Puts a room on show.
  public void open(Room next, Node view, ObservableValue<String> words) {
    title.setText(next.title());
    subtitle.textProperty().bind(words);
    // A title without more stands in the middle of the bar.
    show(subtitle, subtitle.textProperty().isNotEmpty());
    room.show(view);
    ToggleButton door = doors.get(next);
    if (door != null) {
      door.setSelected(true);
    }
  }

  public void theme(Theme now) {
    shell.getStyleClass().removeAll(Theme.DARK.styleClass(), Theme.LIGHT.styleClass());
    shell.getStyleClass().add(now.styleClass());
    theme.setGraphic(
        new FontIcon(now == Theme.DARK ? "mdi2w-white-balance-sunny" : "mdi2w-weather-night"));
    theme.setAccessibleText(
        now == Theme.DARK ? "Change to the light theme" : "Change to the dark theme");
  }

  @FXML
  void initialize() {
    run.disableProperty().bind(model.runnable().not());
    run.setOnAction(_ -> model.run());
    Hint.on(
        run,
        () ->
            Turn.tip(
                "Run the daily flow from Bronze to the warehouse (Ctrl R)", model.turn().get()));
    theme.setOnAction(_ -> onTheme.run());
    Hint.on(theme, "Dark or light (Ctrl T)");
    // What comes next may be shown at once, so nothing may still be fading out.
    modal.setFocusTraversable(false);
    modal.setInTransitionFactory(null);
    modal.setOutTransitionFactory(null);
    find.setOnAction(_ -> onPalette.run());
    Hint.on(find, "Go to a room, table, sensor or action (Ctrl K)");
    help.setOnAction(_ -> showShortcuts());
    Hint.on(help, "Keys (F1)");
    workCancel.setOnAction(_ -> model.cancelWork());
    pipeline.textProperty().bind(model.pipeline());
    show(demo, model.demo());
    show(loading, model.loading());
    frame.visibleProperty().bind(model.loading().not());
    loadingWhat.textProperty().bind(model.pipeline().map(p -> "Opening " + p));
    model.chips().addListener((_, _, now) -> showChips(now));
    model.figures().addListener((_, _, now) -> showFigures(now));
    model.work().addListener((_, _, now) -> showWork(now));
    model.notice().addListener((_, _, now) -> showNotice(now));
    ObservableValue<Boolean> room =
        shell.widthProperty().greaterThanOrEqualTo(WIDE).or(work.visibleProperty().not());
    show(commitKey, room);
    show(commit, room);
    Hint.on(workDetail, workDetail::getText);
    for (Label each : List.of(throughput, lag, commit)) {
      Hint.on(each, each::getAccessibleHelp);
    }
    showWork(Optional.empty());
    showNotice(Optional.empty());
    showFigures(List.of());
  }

  /// Shows something above the room, as the palette.
  public void above(Node content) {
    modal.show(content);
  }

  /// Puts it away, unless something else has taken its place.
  public void away(Node content) {
    if (content.equals(modal.getContent())) {
      modal.hide();
    }
  }

  public void showShortcuts() {
    dialogs().sheet("Keys", Shortcuts.sheet(shown));
  }

  private static void show(Node node, ObservableValue<Boolean> when) {
    node.visibleProperty().bind(when);
    node.managedProperty().bind(when);
  }

  private void showChips(List<Chip> now) {
    if (chips.getChildren().size() != now.size()) {
      chips.getChildren().setAll(now.stream().map(_ -> light()).toList());
      services.getChildren().setAll(now.stream().map(_ -> light()).toList());
    }
    for (int i = 0; i < now.size(); i++) {
      Chip chip = now.get(i);
      light(chips.getChildren().get(i), "chip", chip, chip.text());
      light(
          services.getChildren().get(i),
          "status-service",
          chip,
          chip.tone() == Tone.GOOD ? chip.subject() : chip.text());
    }
  }

  private static Label light() {
    Label label = new Label("", new FontIcon("mdi2c-circle-medium"));
    label.setMinWidth(Label.USE_PREF_SIZE);
    Hint.on(label, label::getAccessibleHelp);
    return label;
  }

  private static void light(Node light, String style, Chip chip, String words) {
    if (light instanceof Label label) {
      label.setText(words);
      label.setAccessibleHelp(chip.detail());
      List<String> classes = List.of("label", style, chip.tone().styleClass());
      if (!label.getStyleClass().equals(classes)) {
        label.getStyleClass().setAll(classes);
      }
    }
  }

  private void showFigures(List<Chip> now) {
    figures.setVisible(!now.isEmpty());
    if (now.size() >= 3) {
      fill(throughput, now.get(0));
      fill(lag, now.get(1));
      fill(commit, now.get(2));
    }
  }

  private static void fill(Label label, Chip chip) {
    label.setText(chip.text());
    for (Tone tone : Tone.values()) {
      label.getStyleClass().remove(tone.styleClass());
    }
    if (chip.tone() != Tone.MUTED) {
      label.getStyleClass().add(chip.tone().styleClass());
    }
    label.setAccessibleHelp(chip.detail());
  }

  private void showWork(Optional<WorkLine> now) {
    work.setVisible(now.isPresent());
    work.setManaged(now.isPresent());
    idle.setVisible(now.isEmpty());
    idle.setManaged(now.isEmpty());
    now.ifPresent(
        line -> {
          workTitle.setText(line.title() + (line.others() > 0 ? " +" + line.others() : ""));
          workDetail.setText(line.detail());
          workShare.setProgress(
              line.share() < 0 ? ProgressBar.INDETERMINATE_PROGRESS : line.share());
          workCancel.setDisable(!line.cancellable());
          workCancel.setAccessibleText("Cancel: " + line.title());
        });
  }

  private void showNotice(Optional<Notice> now) {
    notice.setVisible(now.isPresent());
    notice.setManaged(now.isPresent());
    now.ifPresent(
        n -> {
          notice.getStyleClass().setAll("notice", n.tone().styleClass());
          noticeIcon.setIconLiteral(
              n.tone() == Tone.BAD ? "mdi2a-alert-circle-outline" : "mdi2a-alert-outline");
          noticeWhat.setText(n.what());
          noticeRemedy.setText(n.remedy());
          noticeAct.setVisible(n.action().isPresent());
          noticeAct.setManaged(n.action().isPresent());
          n.action()
              .ifPresent(
                  action -> {
                    noticeAct.setText(action.label());
                    noticeAct.setOnAction(_ -> action.run().run());
                  });
        });
  }
}
