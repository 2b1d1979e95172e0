package dev.millrace.views;

import dev.millrace.engine.api.PipelineEngine;
import dev.millrace.engine.api.Work;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.simulator.SimulatorControl;
import dev.millrace.views.desk.CommandDesk;
import dev.millrace.views.desk.CommandThread;
import dev.millrace.views.desk.Doors;
import dev.millrace.views.desk.FxThread;
import dev.millrace.views.desk.FxWatchdog;
import dev.millrace.views.desk.Moment;
import dev.millrace.views.desk.ProgramWork;
import dev.millrace.views.desk.RoomModel;
import dev.millrace.views.desk.SnapshotPulse;
import dev.millrace.views.desk.TaskExecutor;
import dev.millrace.views.desk.Toast;
import dev.millrace.views.export.ChooseFile;
import dev.millrace.views.export.SavePlace;
import dev.millrace.views.flow.FlowController;
import dev.millrace.views.flow.FlowViewModel;
import dev.millrace.views.lake.LakeController;
import dev.millrace.views.lake.LakeViewModel;
import dev.millrace.views.lake.SqlViewModel;
import dev.millrace.views.letters.LettersController;
import dev.millrace.views.letters.LettersViewModel;
import dev.millrace.views.palette.Entries;
import dev.millrace.views.palette.Entry;
import dev.millrace.views.palette.Palette;
import dev.millrace.views.palette.PaletteViewModel;
import dev.millrace.views.quality.QualityController;
import dev.millrace.views.quality.QualityViewModel;
import dev.millrace.views.runs.RunsController;
import dev.millrace.views.runs.RunsViewModel;
import dev.millrace.views.settings.Looks;
import dev.millrace.views.settings.SettingsController;
import dev.millrace.views.settings.SettingsViewModel;
import dev.millrace.views.shell.DialogService;
import dev.millrace.views.shell.Room;
import dev.millrace.views.shell.ShellController;
import dev.millrace.views.shell.ShellViewModel;
import dev.millrace.views.shell.ToastTray;
import dev.millrace.views.text.Clock;
import dev.millrace.views.theme.Density;
import dev.millrace.views.theme.Fonts;
import dev.millrace.views.theme.Theme;
import dev.millrace.views.theme.Tooltips;
import dev.millrace.views.time.TimeCursor;
import dev.millrace.views.warehouse.WarehouseController;
import dev.millrace.views.warehouse.WarehouseViewModel;
import java.net.URL;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javafx.animation.PauseTransition;
import javafx.application.ConditionalFeature;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.util.Duration;
import org.fxmisc.richtext.GenericStyledArea;
import org.jspecify.annotations.Nullable;

/// The whole console, ready to be put into a scene.
///
/// Made, used and closed on the FX thread. It looks at the engine's snapshot at most ten times a
/// second and hands commands to the engine on a thread of its own; it closes neither the engine nor
/// the simulator.
public final class Console implements AutoCloseable {

  /// Smallest window everything fits into, in pixels.
  public static final int LEAST_WIDTH = 1280;

  public static final int LEAST_HEIGHT = 800;

  private static final String OPAQUE = "theme/opaque.css";
  private static final String THEME = "theme";
  private static final String DENSITY = "density";
  private static final String ROOM = "room";
  private static final List<String> SHEETS =
      List.of(
          "theme/base.css",
          "charts/charts.css",
          "shell/shell.css",
          "time/time.css",
          "trace/trace.css",
          "lake/sql.css");

  /// Those of the rooms. Each sheet that joins a scene lets the whole scene be styled anew, so they
  /// join together once the first room stands, and not one by one as rooms are opened.
  private static final List<String> ROOM_SHEETS =
      List.of(
          "overview/overview.css",
          "flow/flow.css",
          "trends/trends.css",
          "anomalies/anomalies.css",
          "runs/runs.css",
          "quality/quality.css",
          "lake/lake.css",
          "warehouse/warehouse.css",
          "letters/letters.css",
          "settings/settings.css");

  private static final Duration SETTLED = Duration.seconds(2);

  private final PipelineEngine engine;
  private final Optional<SimulatorControl> simulator;
  private final String pipeline;
  private final ConsoleSettings settings;
  private final TaskExecutor commands = new CommandThread();
  private final Tooltips tooltips = new Tooltips();
  private final FxWatchdog watchdog = new FxWatchdog(new FxThread());
  private final SnapshotPulse pulse = new SnapshotPulse(this::refresh, new FxThread());
  private final CommandDesk desk;
  private final ShellViewModel shellModel;
  private final ShellController shell;
  private final Parent root;
  private final List<String> sheets =
      new ArrayList<>(
          SHEETS.stream()
              .map(
                  sheet ->
                      Objects.requireNonNull(Console.class.getResource(sheet)).toExternalForm())
              .toList());
  private final Map<Room, RoomPlace> places = new EnumMap<>(Room.class);
  private final TimeRooms past;
  private final RoomsAhead ahead;
  private final Looks looks = new Looks(Theme.DARK, Density.COMFORTABLE);
  private final Palette palette;
  private @Nullable ToastTray toasts;
  private Theme theme;
  private Room room = Room.OVERVIEW;
  private boolean settled;

  /// @param simulator the fleet the console steers; empty when it steers none
  /// @param pipelineName pipeline on show
  public Console(
      PipelineEngine engine,
      Optional<SimulatorControl> simulator,
      String pipelineName,
      ConsoleSettings settings) {
    this.engine = engine;
    this.simulator = simulator;
    this.pipeline = pipelineName;
    this.settings = settings;
    Fonts.load();
    if (!Platform.isSupported(ConditionalFeature.TRANSPARENT_WINDOW)) {
      sheets.add(Objects.requireNonNull(Console.class.getResource(OPAQUE)).toExternalForm());
    }
    Clock clock = new Clock(settings.zone());
    desk = new CommandDesk(engine, simulator, commands, new FxThread(), this::toast);
    shellModel = new ShellViewModel(desk, clock, settings.flow());
    shell = new ShellController(shellModel, settings.animated());
    root = RoomPlace.load(ShellController.class.getResource("ShellView.fxml"), shell);
    toasts = shell.toasts(settings.clock());
    DialogService dialogs = shell.dialogs();
    desk.doors(
        new Doors() {
          @Override
          public void open(String name, String target) {
            Console.this.open(name, target);
          }

          @Override
          public boolean leadsTo(String name) {
            return Room.named(name).filter(places::containsKey).isPresent();
          }
        });
    palette = new Palette(new PaletteViewModel(this::entries), this::closePalette);

    FlowViewModel flow = new FlowViewModel(desk, clock);
    add(Room.PIPELINE, flow, () -> new FlowController(flow, clock, dialogs, settings.animated()));
    RunsViewModel runs = new RunsViewModel(desk, clock);
    add(Room.RUNS, runs, () -> new RunsController(runs, dialogs));
    QualityViewModel quality = new QualityViewModel(desk, clock, settings.preferences());
    add(Room.QUALITY, quality, () -> new QualityController(quality, dialogs));
    SavePlace files =
        new ChooseFile(
            () -> root.getScene() == null ? null : root.getScene().getWindow(),
            settings.preferences());
    past = new TimeRooms(engine, pipelineName, settings, clock, desk, dialogs, files);
    past.register(this::add, settings.preferences());
    LakeViewModel lake =
        new LakeViewModel(desk, clock, new SqlViewModel(desk, clock, settings.preferences()));
    add(Room.LAKE, lake, () -> new LakeController(lake, dialogs, past.first(), past.exports()));
    WarehouseViewModel warehouse = new WarehouseViewModel(desk, clock, settings.preferences());
    add(
        Room.WAREHOUSE,
        warehouse,
        () -> new WarehouseController(warehouse, dialogs, past.exports()));
    LettersViewModel letters = new LettersViewModel(desk, clock, settings.preferences());
    add(Room.LETTERS, letters, () -> new LettersController(letters, dialogs));
    SettingsViewModel setup = new SettingsViewModel(desk, settings.facts());
    add(Room.SETTINGS, setup, () -> new SettingsController(setup, looks));
    ahead =
        new RoomsAhead(
            shell.deck(), this::dress, this::moment, () -> shellModel.loading().getValue());
    shell.connect(places.keySet(), this::open, () -> theme(theme().other()), this::openPalette);
    looks
        .theme()
        .addListener(
            (_, _, next) ->
                Optional.ofNullable(next).filter(t -> t != theme()).ifPresent(this::theme));
    looks.density().addListener((_, _, next) -> Optional.ofNullable(next).ifPresent(this::density));

    theme =
        settings.preferences().value(THEME).filter("LIGHT"::equals).isPresent()
            ? Theme.LIGHT
            : Theme.DARK;
    theme(theme);
    density(
        settings.preferences().value(DENSITY).filter("COMPACT"::equals).isPresent()
            ? Density.COMPACT
            : Density.COMFORTABLE);
    open(
        settings
            .preferences()
            .value(ROOM)
            .flatMap(Room::named)
            .filter(places::containsKey)
            .orElse(Room.OVERVIEW));
    root.sceneProperty()
        .addListener(
            (_, _, scene) -> {
              if (scene != null) {
                join(scene);
              }
            });
    tooltips.watch();
    pulse.start();
    if (settings.animated()) {
      PauseTransition start = new PauseTransition(SETTLED);
      start.setOnFinished(_ -> settle());
      start.play();
      watchdog.start();
    }
  }

  /// Shows itself in a scene. Its stylesheets are there first: each that comes later would be
  /// matched with every node anew.
  public void into(Scene scene) {
    dress(scene);
    scene.setRoot(root);
  }

  /// What the scene shows.
  public Parent root() {
    return root;
  }

  /// Names of the rooms, in the order of the rail.
  public List<String> rooms() {
    return places.keySet().stream().map(Room::id).toList();
  }

  /// Opens a room by its name, for example `pipeline`.
  public void open(String name) {
    open(
        Room.named(name)
            .filter(places::containsKey)
            .orElseThrow(
                () ->
                    new MillraceException(
                        ErrorCode.USAGE,
                        "There is no room '" + name + "'",
                        rooms().stream().collect(Collectors.joining(", ", "choose one of ", "")))));
  }

  /// Opens a room at a target, see [dev.millrace.views.desk.Doors]; a room that there is not is
  /// passed over.
  public void open(String name, String target) {
    Room.named(name)
        .filter(places::containsKey)
        .ifPresent(
            next -> {
              open(next);
              place(next).model().aim(target);
              refresh();
            });
  }

  private void open(Room next) {
    room = next;
    RoomPlace place = place(next);
    shell.open(next, place.view(this::dress), place.model().subtitle());
    settings.preferences().keep(ROOM, next.id());
    // The rest of the window hears at the next beat.
    place.model().show(moment());
  }

  private RoomPlace place(Room of) {
    RoomPlace place = places.get(of);
    if (place == null) {
      throw new IllegalStateException(of + " has no view");
    }
    return place;
  }

  /// Gives a room its view: the FXML and the stylesheet beside its controller, `LakeView.fxml` and
  /// `lake.css` for `LakeController`. They are read when the room is opened first.
  private void add(Room of, RoomModel model, Supplier<?> controller) {
    places.put(of, new RoomPlace(model, controller));
  }

  public Theme theme() {
    return theme;
  }

  /// Makes every window of the toolkit look so, and remembers it.
  public void theme(Theme next) {
    theme = next;
    restyled(
        () -> {
          next.apply();
          shell.theme(next);
        });
    looks.theme().set(next);
    settings.preferences().keep(THEME, next.name());
  }

  private void density(Density next) {
    restyled(() -> dense(next));
    looks.density().set(next);
    settings.preferences().keep(DENSITY, next.name());
  }

  private void dense(Density next) {
    for (Density each : Density.values()) {
      root.getStyleClass().remove(each.styleClass());
    }
    root.getStyleClass().add(next.styleClass());
  }

  /// Does what has every node of the scene styled anew, with the room on show alone in it; the
  /// others come back one by one.
  private void restyled(Runnable act) {
    shell.deck().clear();
    act.run();
    prepareRooms();
  }

  private void prepareRooms() {
    if (settled) {
      ahead.prepare(
          places.keySet().stream().filter(each -> each != room).map(this::place).toList());
    }
  }

  /// Opens the palette above the room.
  public void openPalette() {
    shell.above(palette);
    palette.open();
  }

  private void closePalette() {
    shell.away(palette);
  }

  private List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    for (Room each : places.keySet()) {
      entries.add(new Entry("Room", each.title(), "", each.keys(), each.icon(), () -> open(each)));
    }
    entries.add(
        new Entry(
            "Action",
            "Change the theme",
            theme == Theme.DARK ? "to light" : "to dark",
            "Ctrl T",
            "mdi2t-theme-light-dark",
            () -> theme(theme.other())));
    entries.add(
        new Entry(
            "Action",
            "Show the keys",
            "every shortcut",
            "F1",
            "mdi2k-keyboard-outline",
            shell::showShortcuts));
    entries.addAll(Entries.of(moment(), desk, rooms()));
    return entries;
  }

  private Moment moment() {
    return new Moment(
        settings.clock().instant(),
        engine.snapshot(),
        pipeline,
        simulator.map(SimulatorControl::status));
  }

  /// Looks at the engine now; the pulse does so by itself.
  public void refresh() {
    Moment moment = moment();
    desk.show(moment);
    shellModel.show(moment);
    past.pulse(moment);
    RoomPlace shown = places.get(room);
    if (shown != null) {
      shown.model().show(moment);
    }
  }

  /// The time that the rooms of the past show.
  public TimeCursor time() {
    return past.cursor();
  }

  /// Opens the card that follows one reading.
  ///
  /// @param time its event time, to the microsecond
  public void follow(String entity, Instant time) {
    past.follow(entity, time);
  }

  /// Done when the rooms have heard all they asked the engine; FX thread only.
  public CompletableFuture<Void> quiet() {
    return CompletableFuture.allOf(desk.quiet(), past.settled());
  }

  /// Shows a message, as for work that ended.
  public void toast(Toast toast) {
    if (toasts != null) {
      toasts.show(toast);
    }
  }

  /// Shows long work of the program at the window's foot, with a button that cancels it, until it
  /// is closed. Any thread may call.
  ///
  /// @param title what is done, in words
  public ProgramWork begin(String title) {
    return desk.begin(title, settings.clock().instant());
  }

  /// Takes over work that was handed to the engine elsewhere: it can be cancelled, and its end is
  /// told as of work begun here. Any thread may call.
  public void follow(Work work) {
    desk.follow(work);
  }

  /// Stops looking and takes no more commands.
  @Override
  public void close() {
    pulse.stop();
    ahead.stop();
    watchdog.close();
    tooltips.close();
    commands.close();
    past.close();
  }

  private void join(Scene scene) {
    dress(scene);
    ahead.watch(scene);
    for (Room each : places.keySet()) {
      key(
          scene,
          each.key().equals(",") ? KeyCode.COMMA : KeyCode.getKeyCode(each.key()),
          () -> open(each));
    }
    key(scene, KeyCode.K, this::openPalette);
    key(scene, KeyCode.F, this::focusFilter);
    scene.addEventHandler(
        KeyEvent.KEY_TYPED,
        e -> {
          Node owner = scene.getFocusOwner();
          boolean writes =
              owner instanceof TextInputControl || owner instanceof GenericStyledArea<?, ?, ?>;
          if (e.getCharacter().equals("?") && !writes) {
            shell.showShortcuts();
          }
        });
    key(scene, KeyCode.R, shellModel::run);
    key(scene, KeyCode.P, past::playOrStop);
    key(scene, KeyCode.L, past::live);
    key(scene, KeyCode.T, () -> theme(theme.other()));
    key(scene, new KeyCodeCombination(KeyCode.F1), shell::showShortcuts);
  }

  private void focusFilter() {
    Node filter = shell.deck().shown().lookup(".room-filter");
    if (filter != null) {
      filter.requestFocus();
    }
  }

  /// Popups of a room's controls are styled by the scene, so the rooms' sheets stand there.
  private void dress(URL sheet) {
    sheets.add(sheet.toExternalForm());
    Scene scene = root.getScene();
    if (scene != null) {
      dress(scene);
    }
  }

  /// The first room stands; the others may take their time now.
  private void settle() {
    dressRooms();
    settled = true;
    prepareRooms();
  }

  private void dressRooms() {
    for (String sheet : ROOM_SHEETS) {
      sheets.add(Objects.requireNonNull(Console.class.getResource(sheet)).toExternalForm());
    }
    Scene scene = root.getScene();
    if (scene != null) {
      dress(scene);
    }
  }

  private void dress(Scene scene) {
    List<String> missing =
        sheets.stream().distinct().filter(s -> !scene.getStylesheets().contains(s)).toList();
    if (!missing.isEmpty()) {
      restyled(() -> scene.getStylesheets().addAll(missing));
    }
  }

  private void key(Scene scene, KeyCode code, Runnable act) {
    key(scene, new KeyCodeCombination(code, KeyCombination.SHORTCUT_DOWN), act);
  }

  /// What a key does is not done behind the palette.
  private void key(Scene scene, KeyCombination keys, Runnable act) {
    scene
        .getAccelerators()
        .put(
            keys,
            () -> {
              closePalette();
              act.run();
            });
  }
}
