package dev.millrace.views.flow;

import dev.millrace.engine.api.Command;
import dev.millrace.engine.api.EngineSnapshot.LogEvent;
import dev.millrace.engine.api.EngineSnapshot.Severity;
import dev.millrace.simulator.Fault;
import dev.millrace.simulator.SimulatorStatus;
import dev.millrace.views.desk.CommandDesk;
import dev.millrace.views.desk.Commands.Lead;
import dev.millrace.views.desk.Moment;
import dev.millrace.views.desk.RoomModel;
import dev.millrace.views.text.Clock;
import dev.millrace.views.text.Figures;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;

/// Decides what the pipeline room shows: the diagram, the chosen part's panel, what is about to be
/// done, and the log. FX thread only.
public final class FlowViewModel implements RoomModel {

  private final CommandDesk desk;
  private final FlowPlan flowPlan = new FlowPlan();
  private final PanelPlan panelPlan;
  private final WorkPlan workPlan;
  private final ReadOnlyStringWrapper subtitle = new ReadOnlyStringWrapper("");
  private final ObjectProperty<Part> chosen = new SimpleObjectProperty<>(Part.SIMULATOR);
  private final ReadOnlyObjectWrapper<FlowPicture> picture =
      new ReadOnlyObjectWrapper<>(FlowPicture.EMPTY);
  private final ReadOnlyObjectWrapper<Optional<PanelPicture>> panel =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<Optional<PlanPicture>> plan =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<Optional<SimulatorStatus>> fleet =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ObservableList<LogEvent> allEvents = FXCollections.observableArrayList();
  private final FilteredList<LogEvent> events = new FilteredList<>(allEvents);
  private final ObjectProperty<EventFilter> filter = new SimpleObjectProperty<>(EventFilter.ALL);
  private final ReadOnlyStringWrapper latency = new ReadOnlyStringWrapper("");
  private Optional<Moment> last = Optional.empty();

  /// Which events the log shows.
  public enum EventFilter {
    ALL("All"),
    WARNINGS("Warnings"),
    FAILURES("Failures");

    private final String words;

    EventFilter(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }

    boolean shows(LogEvent event) {
      return switch (this) {
        case ALL -> true;
        case WARNINGS ->
            event.severity() == Severity.WARNING || event.severity() == Severity.FAILURE;
        case FAILURES -> event.severity() == Severity.FAILURE;
      };
    }
  }

  public FlowViewModel(CommandDesk desk, Clock clock) {
    this.desk = desk;
    panelPlan = new PanelPlan(clock);
    workPlan = new WorkPlan(desk);
    chosen.addListener((_, _, _) -> last.ifPresent(this::showChosen));
    filter.addListener((_, _, now) -> events.setPredicate(now::shows));
    desk.last().addListener((_, _, _) -> last.ifPresent(this::showChosen));
  }

  @Override
  public void show(Moment moment) {
    if (last.isEmpty() && moment.simulator().isEmpty()) {
      chosen.set(Part.STREAM);
    }
    last = Optional.of(moment);
    subtitle.set(
        moment
            .status()
            .map(
                s ->
                    s.definition().title()
                        + " · version "
                        + s.definition().version()
                        + " · "
                        + Figures.counted(s.definition().tables().size() + 2L, "table"))
            .orElse(moment.pipeline()));
    picture.set(flowPlan.picture(moment));
    fleet.set(moment.simulator());
    double p99 = moment.status().map(s -> s.live().latencyP99Millis()).orElse(0.0);
    latency.set(
        p99 > 0 ? "Event to screen p99 " + Figures.span(Duration.ofMillis(Math.round(p99))) : "");
    showChosen(moment);
    takeEvents(moment.engine().events());
  }

  private void showChosen(Moment moment) {
    Part part = chosen.get();
    set(panel, moment.status().map(s -> panelPlan.picture(part, moment, s)));
    set(plan, moment.status().map(s -> workPlan.picture(part, moment, s)));
  }

  private static <T> void set(ReadOnlyObjectWrapper<T> property, T value) {
    if (!value.equals(property.get())) {
      property.set(value);
    }
  }

  /// Only what came is added, so that the list keeps its place while a person reads.
  private void takeEvents(List<LogEvent> now) {
    if (now.equals(allEvents)) {
      return;
    }
    int known = allEvents.isEmpty() ? -1 : now.indexOf(allEvents.getFirst());
    if (known < 0) {
      allEvents.setAll(now);
      return;
    }
    allEvents.addAll(0, now.subList(0, known));
    if (allEvents.size() > now.size()) {
      allEvents.remove(now.size(), allEvents.size());
    }
    if (!now.equals(allEvents)) {
      allEvents.setAll(now);
    }
  }

  void submit(Command command) {
    desk.submit(command);
  }

  /// The way to the chosen part's room; empty where it has none.
  Optional<Lead> lead() {
    return panel.get().flatMap(PanelPicture::lead).filter(way -> desk.leadsTo(way.room()));
  }

  /// Opens the chosen part's room.
  void openRoom() {
    lead().ifPresent(way -> desk.open(way.room(), way.target()));
  }

  /// Opens the chosen part's room, see [dev.millrace.views.desk.Doors].
  void openRoom(String target) {
    lead().ifPresent(way -> desk.open(way.room(), target));
  }

  void cancel(long work) {
    desk.cancel(work);
  }

  void startSimulator() {
    desk.simulate("Start the simulator", c -> c.start());
  }

  void stopSimulator() {
    desk.simulate("Stop the simulator", c -> c.stop());
  }

  void rate(double eventsPerSecond) {
    desk.simulate("Change the rate", c -> c.rate(eventsPerSecond));
  }

  void anomalyRate(double share) {
    desk.simulate("Change the anomaly rate", c -> c.anomalyRate(share));
  }

  void breakSensor(String sensor, Fault fault) {
    desk.simulate("Break " + sensor, c -> c.breakSensor(sensor, fault));
  }

  void mend(String sensor) {
    desk.simulate("Mend " + sensor, c -> c.mend(sensor));
  }

  @Override
  public ObservableValue<String> subtitle() {
    return subtitle.getReadOnlyProperty();
  }

  /// The part whose controls are on show.
  public ObjectProperty<Part> chosen() {
    return chosen;
  }

  ReadOnlyObjectProperty<FlowPicture> picture() {
    return picture.getReadOnlyProperty();
  }

  ReadOnlyObjectProperty<Optional<PanelPicture>> panel() {
    return panel.getReadOnlyProperty();
  }

  ReadOnlyObjectProperty<Optional<PlanPicture>> plan() {
    return plan.getReadOnlyProperty();
  }

  ReadOnlyObjectProperty<Optional<SimulatorStatus>> fleet() {
    return fleet.getReadOnlyProperty();
  }

  ObservableValue<String> latency() {
    return latency.getReadOnlyProperty();
  }

  /// Events that the filter lets through, newest first.
  public ObservableList<LogEvent> events() {
    return events;
  }

  public ObjectProperty<EventFilter> filter() {
    return filter;
  }
}
