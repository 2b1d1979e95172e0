package dev.millrace.simulator;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.error.ProblemsException;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.PipelineFolder;
import dev.millrace.engine.pipeline.yaml.Durations;
import dev.millrace.engine.pipeline.yaml.Faults;
import dev.millrace.engine.pipeline.yaml.YamlMap;
import dev.millrace.engine.pipeline.yaml.YamlValue;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reads `simulator.yaml`, the fleet that belongs to a pipeline.
///
/// A file with a fault is refused whole, and every fault is listed.
public final class FleetReader {

  static final String FILE = "simulator.yaml";

  private static final Pattern STEPS = Pattern.compile("\\{(\\d{1,4})\\.\\.(\\d{1,4})}");
  private static final Pattern BLANKS = Pattern.compile("\\{([^}]*)}");
  static final int MOST_PLACES = 10_000;

  private final Pipeline pipeline;
  private final YamlMap root;

  private FleetReader(Pipeline pipeline, YamlMap root) {
    this.pipeline = pipeline;
    this.root = root;
  }

  /// @throws ProblemsException when the file has faults
  /// @throws MillraceException when the pipeline has no `simulator.yaml`
  public static FleetSettings read(Pipeline pipeline, PipelineFolder folder) {
    try {
      if (folder.bytes(FILE).isEmpty()) {
        throw new MillraceException(
            ErrorCode.FILE,
            "the pipeline " + pipeline.name() + " has no " + folder.shown(FILE),
            "write one, or feed the pipeline by replay");
      }
    } catch (IOException _) {
      // Read again below, where it becomes a fault with its file.
    }
    Faults faults = new Faults();
    Optional<FleetSettings> settings =
        folder.yaml(FILE, faults).flatMap(root -> new FleetReader(pipeline, root).settings());
    faults.refuse("The simulator of " + pipeline.name());
    return settings.orElseThrow(
        () -> new IllegalStateException("No fleet and no fault in " + folder.shown(FILE)));
  }

  private Optional<FleetSettings> settings() {
    root.only(
        "feed",
        "rate",
        "anomalies",
        "malformed",
        "late",
        "late-by",
        "duplicates",
        "fleet",
        "signals",
        "faults",
        "zone-events",
        "schedule",
        "columns");
    Optional<Feed> found = feed();
    double rate =
        root.optional("rate")
            .flatMap(
                v ->
                    v.number(
                        1e-6, FleetSettings.MOST_PER_SECOND, "events per second, at most 10000000"))
            .orElse(100.0);
    double anomalies = share("anomalies");
    double malformed = share("malformed");
    double late = share("late");
    double duplicates = share("duplicates");
    if (malformed + late + duplicates > 1) {
      root.optional("malformed")
          .or(() -> root.optional("late"))
          .ifPresent(
              v -> v.fault("is over 1 together with late and duplicates", "lower one of them"));
      malformed = 0;
      late = 0;
    }
    Optional<YamlMap> signalMap =
        root.required("signals", "{ temperature: { sensors: 10, base: 21 } }")
            .flatMap(YamlValue::map);
    Optional<YamlMap> fleet = root.optional("fleet").flatMap(YamlValue::map);
    fleet.ifPresent(m -> m.only("names", "places"));
    Optional<YamlMap> faultMap = root.optional("faults").flatMap(YamlValue::map);
    Optional<YamlMap> zoneEventMap = root.optional("zone-events").flatMap(YamlValue::map);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Feed feed = found.get();
    String names =
        fleet.flatMap(m -> m.optional("names")).flatMap(this::names).orElse("{kind}-{number}");
    List<String> places =
        fleet.flatMap(m -> m.optional("places")).map(v -> places(feed, v)).orElse(List.of());
    SignalReader reader = new SignalReader(feed);
    List<Signal> signals = signalMap.map(reader::signals).orElse(List.of());
    refuseSameNames(fleet, names, signals, places);
    List<FaultMix> faults = faultMap.map(reader::faults).orElse(List.of());
    List<ZoneEvent> zoneEvents = List.of();
    List<Scheduled> schedule = List.of();
    if (!signals.isEmpty()) {
      DisturbanceReader disturbances =
          new DisturbanceReader(
              signals,
              places,
              SensorNames.all(names, signals, places),
              feed.roles().value().isPresent());
      zoneEvents = zoneEventMap.map(disturbances::zoneEvents).orElse(List.of());
      List<ZoneEvent> known = zoneEvents;
      schedule =
          root.optional("schedule").map(v -> disturbances.schedule(v, known)).orElse(List.of());
    }
    Map<String, ColumnSource> columns = columns(feed);
    Duration[] lateBy = lateBy(feed);
    return Optional.of(
        new FleetSettings(
            feed.name(),
            rate,
            new Shares(anomalies, malformed, late, duplicates),
            lateBy[0],
            lateBy[1],
            names,
            places,
            signals,
            faults,
            zoneEvents,
            schedule,
            columns));
  }

  private Optional<Feed> feed() {
    List<String> names = pipeline.feeds().stream().map(Feed::name).toList();
    if (names.size() == 1 && !root.keys().contains("feed")) {
      return Optional.of(pipeline.feeds().getFirst());
    }
    return root.required("feed", names.getFirst())
        .flatMap(v -> v.oneOf(names))
        .flatMap(pipeline::feed);
  }

  private double share(String key) {
    return root.optional(key)
        .flatMap(v -> v.number(0, 1, "a share from 0 to 1, such as 0.02"))
        .orElse(0.0);
  }

  private Duration[] lateBy(Feed feed) {
    Duration low = feed.watermark().multipliedBy(3).dividedBy(2).plusMinutes(1);
    Duration[] usual = {low, low.multipliedBy(4)};
    Optional<YamlValue> value = root.optional("late-by");
    Optional<List<YamlValue>> ends = value.flatMap(YamlValue::list);
    if (ends.isEmpty()) {
      return usual;
    }
    if (ends.get().size() != 2) {
      value.get().fault("has " + ends.get().size() + " values", "write [15m, 60m]");
      return usual;
    }
    Duration longest = Duration.ofDays(365);
    Optional<Duration> from = ends.get().get(0).duration(Duration.ofMillis(1), longest);
    Optional<Duration> to = ends.get().get(1).duration(Duration.ofMillis(1), longest);
    if (from.isEmpty() || to.isEmpty()) {
      return usual;
    }
    if (from.get().compareTo(feed.watermark()) <= 0) {
      ends.get()
          .get(0)
          .fault(
              "is within the watermark of " + Durations.text(feed.watermark()),
              "write a longer one, or the event is on time");
    }
    if (from.get().compareTo(to.get()) > 0) {
      value.get().fault("has its longer end first", "write [shorter, longer]");
      return usual;
    }
    return new Duration[] {from.get(), to.get()};
  }

  private Optional<String> names(YamlValue value) {
    Optional<String> template = value.text();
    template.ifPresent(
        text -> {
          Matcher blanks = BLANKS.matcher(text);
          while (blanks.find()) {
            if (!List.of("kind", "number", "place").contains(blanks.group(1))) {
              value.fault(
                  "has the unknown blank {" + blanks.group(1) + "}",
                  "use {kind}, {number} and {place}");
            }
          }
        });
    return template;
  }

  private static void refuseSameNames(
      Optional<YamlMap> fleet, String names, List<Signal> signals, List<String> places) {
    List<String> all = SensorNames.all(names, signals, places);
    if (all.stream().distinct().count() < all.size()) {
      fleet
          .flatMap(m -> m.optional("names"))
          .ifPresent(
              v -> v.fault("gives several sensors one name", "write for example {kind}-{number}"));
    }
  }

  private static List<String> places(Feed feed, YamlValue value) {
    if (feed.roles().place().isEmpty()) {
      value.fault("stand for a feed without the role place", "leave them out");
    }
    List<String> places = new ArrayList<>();
    for (YamlValue item : value.oneOrMany()) {
      Optional<String> text = item.text();
      if (text.isPresent()) {
        Stream<String> expanded = expand(text.get());
        expanded.limit(MOST_PLACES + 1L).forEach(places::add);
        if (places.size() > MOST_PLACES) {
          item.fault("makes over 10,000 places", "make it fewer");
          return List.of();
        }
        if (places.isEmpty()) {
          item.fault("makes no place", "write for example floor-{1..4}/zone-{1..6}");
        }
      }
    }
    return places;
  }

  /// `floor-{1..4}/zone-{1..6}` stands for its 24 places.
  static Stream<String> expand(String template) {
    Matcher steps = STEPS.matcher(template);
    if (!steps.find()) {
      return Stream.of(template);
    }
    String before = template.substring(0, steps.start());
    String after = template.substring(steps.end());
    int from = Integer.parseInt(steps.group(1));
    int to = Integer.parseInt(steps.group(2));
    return Stream.iterate(from, i -> i <= to, i -> i + 1)
        .flatMap(i -> expand(after).map(rest -> before + i + rest));
  }

  private Map<String, ColumnSource> columns(Feed feed) {
    List<String> roles =
        Stream.of(
                feed.roles().entity(),
                feed.roles().kind(),
                feed.roles().place(),
                feed.roles().value(),
                feed.roles().unit(),
                Optional.of(feed.roles().time()))
            .flatMap(Optional::stream)
            .toList();
    Map<String, ColumnSource> columns = new LinkedHashMap<>();
    Optional<YamlMap> map = root.optional("columns").flatMap(YamlValue::map);
    for (YamlMap.Entry entry : map.map(YamlMap::entries).orElse(List.of())) {
      Optional<Column> column = feed.schema().column(entry.key());
      if (column.isEmpty()) {
        entry.value().fault("is no column of " + feed.name(), "name a column of its schema");
      } else if (roles.contains(entry.key())) {
        entry.value().fault("has a role, and is filled by it", "leave it out");
      } else {
        ColumnSourceReader.read(entry.value(), column.get())
            .ifPresent(s -> columns.put(entry.key(), s));
      }
    }
    List<String> told = map.map(m -> List.copyOf(m.keys())).orElse(List.of());
    for (Column column : feed.schema().columns()) {
      if (!column.nullable() && !roles.contains(column.name()) && !told.contains(column.name())) {
        root.optional("columns")
            .or(() -> root.optional("signals"))
            .ifPresent(
                v ->
                    v.fault(
                        "leaves out " + column.name() + ", which may not be null",
                        "say under `columns:` how it is filled"));
      }
    }
    return columns;
  }

  static List<String> faultNames() {
    return Arrays.stream(Fault.values()).map(f -> f.name().toLowerCase(Locale.ROOT)).toList();
  }

  static boolean isNumber(ColumnType type) {
    return type == ColumnType.DOUBLE || type == ColumnType.INT || type == ColumnType.BIGINT;
  }
}
