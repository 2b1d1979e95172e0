package dev.millrace.views.settings;

import dev.millrace.engine.api.Answer;
import dev.millrace.engine.api.Answer.SettingValue;
import dev.millrace.engine.api.Command;
import dev.millrace.engine.api.EngineSnapshot.ServiceStatus;
import dev.millrace.engine.api.Outcome;
import dev.millrace.engine.api.Question;
import dev.millrace.engine.api.Question.Connection;
import dev.millrace.views.desk.CommandDesk;
import dev.millrace.views.desk.Moment;
import dev.millrace.views.desk.RoomModel;
import dev.millrace.views.text.Figures;
import dev.millrace.views.theme.Tone;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// What the settings room tells. FX thread only.
public final class SettingsViewModel implements RoomModel {

  private final CommandDesk desk;
  private final List<SettingValue> own;
  private final ObservableList<SettingValue> values = FXCollections.observableArrayList();
  private final ReadOnlyObjectWrapper<List<ConnectionState>> connections =
      new ReadOnlyObjectWrapper<>(List.of());
  private final Map<Connection, ConnectionState> states = new EnumMap<>(Connection.class);
  private final StringProperty filter = new SimpleStringProperty("");
  private final ReadOnlyStringWrapper subtitle = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper fault = new ReadOnlyStringWrapper("");
  private List<SettingValue> all = List.of();
  private List<ServiceStatus> services = List.of();
  private String pipeline = "";

  /// @param own what the program itself knows and the engine does not, for example the port its
  ///   metrics are told at
  public SettingsViewModel(CommandDesk desk, List<SettingValue> own) {
    this.desk = desk;
    this.own = List.copyOf(own);
    filter.addListener((_, _, _) -> list());
    for (Connection each : Connection.values()) {
      states.put(each, new ConnectionState(each, Tone.MUTED, "", "", "", false));
    }
  }

  @Override
  public void show(Moment moment) {
    if (moment.status().isEmpty()) {
      return;
    }
    if (!moment.pipeline().equals(pipeline)) {
      pipeline = moment.pipeline();
      var _ = desk.ask(new Command.Ask(pipeline, new Question.Setup()), this::take);
    }
    if (!moment.engine().services().equals(services)) {
      services = moment.engine().services();
      showConnections();
    }
  }

  private void take(Outcome outcome) {
    switch (outcome) {
      case Outcome.Answered answered -> {
        if (answered.answer() instanceof Answer.Setup setup) {
          List<SettingValue> together = new ArrayList<>(own);
          together.addAll(setup.values());
          all = together;
          long said = all.stream().filter(v -> v.origin().endsWith(".yaml")).count();
          subtitle.set(
              Figures.counted(all.size(), "setting")
                  + " in force, "
                  + (said == 0 ? "none from settings.yaml" : said + " from settings.yaml"));
          list();
          showConnections();
        }
      }
      case Outcome.Failed failed -> fault.set(failed.what() + ". " + failed.remedy() + ".");
      default -> {
        // Nobody asks twice.
      }
    }
  }

  private void list() {
    String words = filter.get().toLowerCase(Locale.ROOT).strip();
    values.setAll(
        all.stream()
            .filter(
                v ->
                    (v.group()
                            + " "
                            + v.key()
                            + " "
                            + v.value()
                            + " "
                            + v.origin()
                            + " "
                            + v.meaning())
                        .toLowerCase(Locale.ROOT)
                        .contains(words))
            .toList());
  }

  private void showConnections() {
    List<ConnectionState> next = new ArrayList<>();
    for (ConnectionState state : states.values()) {
      next.add(
          new ConnectionState(
              state.which(),
              state.tone(),
              place(state.which()),
              state.words(),
              state.remedy(),
              state.asking()));
    }
    connections.set(List.copyOf(next));
  }

  private String place(Connection which) {
    return switch (which) {
      case KAFKA -> service(ServiceStatus.KAFKA);
      case DATABASE -> service(ServiceStatus.DATABASE);
      case WAREHOUSE -> said("warehouse");
      case LAKE -> said("lake.location");
      case SPARK -> said("spark.connect");
    };
  }

  private String said(String key) {
    return all.stream()
        .filter(v -> v.key().equals(key))
        .map(SettingValue::value)
        .findFirst()
        .orElse("");
  }

  private String service(String name) {
    return services.stream()
        .filter(s -> s.name().equals(name))
        .map(ServiceStatus::detail)
        .findFirst()
        .orElse("");
  }

  /// Asks one connection whether it answers now.
  public void test(Connection which) {
    states.put(which, new ConnectionState(which, Tone.ACCENT, "", "asking …", "", true));
    showConnections();
    var _ =
        desk.ask(
            new Command.Ask(pipeline, new Question.TestConnection(which)),
            outcome -> {
              states.put(which, state(which, outcome));
              showConnections();
            });
  }

  public void testAll() {
    for (Connection each : Connection.values()) {
      // Most have no Spark.
      if (each == Connection.SPARK && !sparkIsSetUp()) {
        states.put(
            each,
            new ConnectionState(
                each,
                Tone.MUTED,
                "",
                "Not tested: no Spark is set up; “spark.connect” in settings.yaml names one",
                "",
                false));
        showConnections();
      } else {
        test(each);
      }
    }
  }

  /// Whether a Spark is named, or is to run the SQL; its address has a default.
  private boolean sparkIsSetUp() {
    return all.stream()
        .anyMatch(
            v ->
                (v.key().equals("engine") && v.value().equals("spark"))
                    || (v.key().startsWith("spark.") && v.origin().endsWith(".yaml")));
  }

  private static ConnectionState state(Connection which, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Answered(String _, Answer.Tested tested) ->
          new ConnectionState(
              which,
              tested.answers() ? Tone.GOOD : Tone.BAD,
              "",
              tested.detail() + (tested.answers() ? " · " + Figures.span(tested.took()) : ""),
              tested.remedy(),
              false);
      case Outcome.Failed failed ->
          new ConnectionState(which, Tone.BAD, "", failed.what(), failed.remedy(), false);
      default -> new ConnectionState(which, Tone.MUTED, "", "", "", false);
    };
  }

  public ObservableList<SettingValue> values() {
    return values;
  }

  public ReadOnlyObjectProperty<List<ConnectionState>> connections() {
    return connections.getReadOnlyProperty();
  }

  /// Words that the settings shown must hold.
  public StringProperty filter() {
    return filter;
  }

  /// Why the settings cannot be told; empty when they can.
  public ObservableValue<String> fault() {
    return fault.getReadOnlyProperty();
  }

  @Override
  public ObservableValue<String> subtitle() {
    return subtitle.getReadOnlyProperty();
  }
}
