package dev.millrace.views.palette;

import dev.millrace.engine.api.Command;
import dev.millrace.engine.api.EngineSnapshot.LoadStatus;
import dev.millrace.engine.api.EngineSnapshot.PipelineStatus;
import dev.millrace.engine.api.EngineSnapshot.StreamState;
import dev.millrace.engine.api.EngineSnapshot.StreamStatus;
import dev.millrace.engine.api.EngineSnapshot.TableStatus;
import dev.millrace.engine.flow.FlowRun;
import dev.millrace.engine.live.LiveSnapshot.Latest;
import dev.millrace.engine.pipeline.DerivedTable;
import dev.millrace.engine.pipeline.FlowDefinition;
import dev.millrace.simulator.SimulatorControl;
import dev.millrace.views.desk.CommandDesk;
import dev.millrace.views.desk.Moment;
import dev.millrace.views.desk.Turn;
import dev.millrace.views.text.Figures;
import dev.millrace.views.text.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Everything of the pipeline on show that the palette offers: tables, sensors, flows, runs, and
/// what can be done now.
public final class Entries {

  private static final int RUNS = 20;

  private Entries() {}

  /// @param rooms names of the rooms there are, to lead only where there is a door
  public static List<Entry> of(Moment moment, CommandDesk desk, List<String> rooms) {
    List<Entry> entries = new ArrayList<>();
    moment.status().ifPresent(status -> of(moment, status, desk, rooms, entries));
    return entries;
  }

  private static void of(
      Moment moment,
      PipelineStatus status,
      CommandDesk desk,
      List<String> rooms,
      List<Entry> entries) {
    String pipeline = moment.pipeline();
    for (FlowDefinition flow : status.definition().flows()) {
      entries.add(
          new Entry(
              "Action",
              "Run flow " + flow.name(),
              waits(moment) + Figures.counted(flow.steps().size(), "step") + ", " + flow.title(),
              "",
              "mdi2p-play",
              () -> desk.submit(new Command.RunFlow(pipeline, flow.name()))));
    }
    for (StreamStatus stream : status.streams()) {
      boolean runs =
          stream.state() == StreamState.RUNNING || stream.state() == StreamState.STARTING;
      entries.add(
          new Entry(
              "Action",
              (runs ? "Stop stream " : "Start stream ") + stream.feed(),
              runs ? "after a last commit" : "from where it was committed last",
              "",
              runs ? "mdi2s-stop" : "mdi2p-play-circle-outline",
              () ->
                  desk.submit(
                      runs
                          ? new Command.StopStream(pipeline, stream.feed())
                          : new Command.StartStream(pipeline, stream.feed()))));
    }
    if (desk.hasSimulator()) {
      boolean runs = moment.simulator().map(s -> s.running()).orElse(false);
      entries.add(
          new Entry(
              "Action",
              runs ? "Stop the simulator" : "Start the simulator",
              runs ? "no more events are sent" : "its fleet begins to send",
              "",
              "mdi2a-access-point",
              () ->
                  desk.simulate(
                      runs ? "Stop the simulator" : "Start the simulator",
                      runs ? SimulatorControl::stop : SimulatorControl::start)));
    }
    entries.add(
        action(
            "Build all derived tables",
            waits(moment) + "from what is new",
            "mdi2h-hammer-wrench",
            desk,
            new Command.Transform(pipeline, Optional.empty())));
    for (DerivedTable table : status.definition().tables()) {
      entries.add(
          action(
              "Build " + table.name(),
              waits(moment) + "from what is new",
              "mdi2h-hammer-wrench",
              desk,
              new Command.Transform(pipeline, Optional.of(table.name()))));
    }
    entries.add(
        action(
            "Check quality",
            waits(moment) + "of every table with a suite",
            "mdi2s-shield-check-outline",
            desk,
            new Command.Check(pipeline, Optional.empty())));
    entries.add(
        action(
            "Load the warehouse",
            waits(moment) + "what is new in Gold",
            "mdi2d-database-import-outline",
            desk,
            new Command.Load(pipeline)));
    if (rooms.contains("warehouse")) {
      for (LoadStatus load : status.loads()) {
        entries.add(
            new Entry(
                "Warehouse",
                load.target(),
                Figures.compact(load.rows()) + " rows · from " + load.from(),
                "",
                "mdi2d-database-outline",
                () -> desk.open("warehouse", load.target())));
      }
      entries.add(
          new Entry(
              "Action",
              "Preview a load",
              "what it would insert, replace and delete",
              "",
              "mdi2d-database-search-outline",
              () -> desk.open("warehouse", "/preview")));
      entries.add(
          new Entry(
              "Action",
              "Compare lake and warehouse",
              "every row; changes nothing",
              "",
              "mdi2s-scale-balance",
              () -> desk.open("warehouse", "/compare")));
    }
    if (rooms.contains("lake")) {
      for (TableStatus table : status.tables()) {
        entries.add(
            new Entry(
                "Table",
                table.table().toString(),
                Figures.compact(table.rows()) + " rows · " + Figures.bytes(table.bytes()),
                "",
                "mdi2t-table",
                () -> desk.open("lake", table.table().toString())));
      }
    }
    if (rooms.contains("runs")) {
      for (FlowRun run : status.runs().stream().limit(RUNS).toList()) {
        entries.add(
            new Entry(
                "Run",
                "#" + run.id() + " " + run.flow(),
                run.state().name().toLowerCase(java.util.Locale.ROOT),
                "",
                "mdi2s-sitemap-outline",
                () -> desk.open("runs", String.valueOf(run.id()))));
      }
    }
    String trends = rooms.contains("trends") ? "trends" : "overview";
    for (Latest sensor : status.live().latest()) {
      entries.add(
          new Entry(
              "Sensor",
              sensor.entity(),
              sensor.kind() + " · " + Names.place(sensor.place()),
              "",
              "mdi2t-thermometer",
              () -> desk.open(trends, sensor.entity())));
    }
  }

  private static String waits(Moment moment) {
    return Turn.taken(moment).map(turn -> turn.after() + " · ").orElse("");
  }

  private static Entry action(
      String title, String detail, String icon, CommandDesk desk, Command command) {
    return new Entry("Action", title, detail, "", icon, () -> desk.submit(command));
  }
}
