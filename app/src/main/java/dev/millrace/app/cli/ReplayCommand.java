package dev.millrace.app.cli;

import dev.millrace.embedded.EmbeddedServices;
import dev.millrace.embedded.ServicesHandle;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.ingest.kafka.KafkaTopics;
import dev.millrace.engine.model.Count;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.Pipelines;
import dev.millrace.simulator.Simulators;
import dev.millrace.simulator.replay.MappingGuess;
import dev.millrace.simulator.replay.MappingReader;
import dev.millrace.simulator.replay.Replay;
import dev.millrace.simulator.replay.ReplayMapping;
import dev.millrace.simulator.replay.ReplayResult;
import dev.millrace.simulator.replay.ReplaySpeed;
import dev.millrace.simulator.sink.EventSink;
import dev.millrace.simulator.sink.FileSink;
import dev.millrace.simulator.sink.KafkaSink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `millrace replay FILE`: the readings of a CSV file as events.
@Command(
    name = "replay",
    description = {
      "Send the readings of a CSV file (plain or .gz) as events, with the times they have in the file.",
      "A mapping file says which column is which sensor's reading; without one, the time column and the"
          + " columns named after the pipeline's kinds are found by themselves."
    },
    footer = {
      "",
      "A mapping file:",
      "  header: ragged            # yes, no, or ragged: rows have one field more than the header",
      "  time: { column: date, format: \"yyyy-MM-dd HH:mm:ss\", zone: UTC }  # midnight: ends-day",
      "  readings:",
      "    - { column: Temperature, sensor: \"{file}-temperature\", kind: temperature, unit: \"°C\", place: office/room }",
      "    - { column: Humidity, sensor: \"{file}-humidity\", kind: humidity, unit: \"%%\", place: office/room }",
    })
final class ReplayCommand implements Callable<Integer> {

  @ParentCommand private Millrace millrace;

  @Parameters(paramLabel = "FILE", description = "The CSV file.")
  private Path file = Path.of("");

  @Option(
      names = "--pipeline",
      paramLabel = "P",
      defaultValue = "building-sensors",
      description = "Pipeline whose feed takes the events (default: ${DEFAULT-VALUE}).")
  private String name = "";

  @Option(
      names = "--mapping",
      paramLabel = "M",
      description = "Mapping file, or the name of one that ships, for example 'occupancy'.")
  private Optional<String> mapping = Optional.empty();

  @Option(
      names = "--speed",
      paramLabel = "X|max",
      defaultValue = "max",
      description = "Times as fast as it happened, or as fast as possible (default: max).")
  private String speed = "max";

  @Option(
      names = "--out",
      paramLabel = "kafka|FILE",
      defaultValue = "kafka",
      description =
          "The feed's topic, or a file with one event a line, packed when it ends in .gz or .zst"
              + " (default: kafka).")
  private String out = "kafka";

  @Override
  public Integer call() {
    Output output = millrace.output();
    Pipeline pipeline = new Pipelines(millrace.home()).find(name);
    if (!Files.isRegularFile(file)) {
      throw new MillraceException(
          ErrorCode.USAGE, "There is no file " + file, "name a CSV file that exists");
    }
    ReplaySpeed factor = ReplaySpeed.parse(speed);
    Map<String, String> units = new LinkedHashMap<>();
    Set<String> kinds = learn(pipeline, units, output);
    ReplayMapping how =
        mapping.map(MappingReader::find).orElseGet(() -> guess(pipeline, units, output));
    Feed feed = Replay.check(file, how, pipeline, kinds);
    ReplayResult result;
    if (out.equals("kafka")) {
      try (ServicesHandle services =
          EmbeddedServices.startOrAttach(millrace.home(), new ProgressLines(output))) {
        String servers = services.endpoints().kafka();
        KafkaTopics.ensure(servers, feed);
        try (EventSink sink = KafkaSink.open(servers, feed.kafka().topic())) {
          result = Replay.run(file, how, pipeline, sink, factor, new ProgressLines(output));
        }
      }
    } else {
      try (EventSink sink = FileSink.open(Path.of(out))) {
        result = Replay.run(file, how, pipeline, sink, factor, new ProgressLines(output));
      }
    }
    result.firstBad().forEach(problem -> output.progress("left out: " + problem));
    print(output, result);
    return result.cancelled() ? 1 : 0;
  }

  /// Learns from the pipeline's fleet, where it has one.
  ///
  /// @param units gets the unit of each kind
  /// @return the kinds
  private Set<String> learn(Pipeline pipeline, Map<String, String> units, Output output) {
    Set<String> kinds = new TreeSet<>();
    try {
      Simulators.settings(pipeline, new Pipelines(millrace.home()).listed(name).folder())
          .signals()
          .forEach(
              signal -> {
                kinds.add(signal.kind());
                signal.unit().ifPresent(unit -> units.put(signal.kind(), unit));
              });
    } catch (MillraceException e) {
      output.progress("No fleet to learn kinds and units from (" + e.what() + ")");
    }
    return kinds;
  }

  private ReplayMapping guess(Pipeline pipeline, Map<String, String> units, Output output) {
    ReplayMapping guessed = MappingGuess.of(file, pipeline, units);
    output.progress("Mapping guessed: " + guessed.describe());
    return guessed;
  }

  private void print(Output output, ReplayResult result) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("rows", result.rows());
    object.put("events", result.events());
    object.put("nulls", result.nulls());
    object.put("bad_rows", result.badRows());
    object.put("steps_back", result.stepsBack());
    object.put("first", result.first().map(Object::toString).orElse(""));
    object.put("last", result.last().map(Object::toString).orElse(""));
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s read, %s sent, %s left out, %s without a value"
            .formatted(
                Count.of(result.rows(), "row"),
                Count.of(result.events(), "event"),
                Count.of(result.badRows(), "row"),
                Count.of(result.nulls(), "field")));
    result
        .first()
        .ifPresent(first -> lines.add("from " + first + " to " + result.last().orElse(first)));
    if (result.stepsBack() > 0) {
      lines.add(
          result.stepsBack() == 1
              ? "1 row lies before the row above it"
              : "%,d rows lie before the row above them".formatted(result.stepsBack()));
    }
    if (out.equals("kafka")) {
      lines.add("Next: millrace run daily " + name + "  (takes them in, builds, checks and loads)");
    }
    output.result(object, lines);
  }
}
