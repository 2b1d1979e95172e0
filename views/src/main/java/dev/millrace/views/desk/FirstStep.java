package dev.millrace.views.desk;

import dev.millrace.engine.api.Command;
import dev.millrace.engine.api.EngineSnapshot.StreamState;
import dev.millrace.engine.api.EngineSnapshot.StreamStatus;
import dev.millrace.engine.api.EngineSnapshot.WorkStatus;
import dev.millrace.simulator.SimulatorControl;
import dev.millrace.simulator.SimulatorStatus;
import dev.millrace.views.text.Figures;
import java.util.Optional;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/// The step out of an empty console that every room without data offers: events begin to flow. FX
/// thread only.
public final class FirstStep {

  private final CommandDesk desk;
  private final ReadOnlyStringWrapper underWay = new ReadOnlyStringWrapper("");
  private Optional<Moment> last = Optional.empty();

  public FirstStep(CommandDesk desk) {
    this.desk = desk;
  }

  public void show(Moment moment) {
    last = Optional.of(moment);
    underWay.set(
        desk.beside().stream()
            .findFirst()
            .map(work -> work.title() + " …")
            .orElseGet(() -> underWay(moment)));
  }

  private static String underWay(Moment moment) {
    Optional<StreamState> state = moment.stream().map(StreamStatus::state);
    boolean asked =
        moment.engine().work().stream()
            .map(WorkStatus::command)
            .anyMatch(c -> c instanceof Command.StartStream || c instanceof Command.CatchUp);
    if (asked || state.filter(s -> s == StreamState.STARTING).isPresent()) {
      return "The stream is starting …";
    }
    if (state.filter(s -> s == StreamState.RUNNING).isEmpty()) {
      return "";
    }
    long waiting = moment.stream().map(StreamStatus::lag).orElse(0L);
    if (waiting > 0) {
      return "Taking in " + Figures.counted(waiting, "event") + " …";
    }
    boolean sent = moment.simulator().map(SimulatorStatus::running).orElse(true);
    return sent ? "The first event is awaited …" : "";
  }

  /// Starts the stream, and the simulator where there is one.
  public void take() {
    last.ifPresent(
        moment -> {
          moment.stream()
              .ifPresent(s -> desk.submit(new Command.StartStream(moment.pipeline(), s.feed())));
          desk.simulate("Start the simulator", SimulatorControl::start);
        });
  }

  /// The step in the words of a button.
  public String words() {
    return desk.hasSimulator() ? "Start simulator and stream" : "Start stream";
  }

  /// What is on the way to the first event; empty when a person has to start it.
  public ReadOnlyStringProperty underWay() {
    return underWay.getReadOnlyProperty();
  }
}
