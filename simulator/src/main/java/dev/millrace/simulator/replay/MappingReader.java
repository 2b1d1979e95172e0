package dev.millrace.simulator.replay;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.error.ProblemsException;
import dev.millrace.engine.pipeline.yaml.Faults;
import dev.millrace.engine.pipeline.yaml.Nearest;
import dev.millrace.engine.pipeline.yaml.YamlDocument;
import dev.millrace.engine.pipeline.yaml.YamlMap;
import dev.millrace.engine.pipeline.yaml.YamlValue;
import dev.millrace.simulator.replay.ReplayMapping.BadRows;
import dev.millrace.simulator.replay.ReplayMapping.Header;
import dev.millrace.simulator.replay.ReplayMapping.Midnight;
import dev.millrace.simulator.replay.ReplayMapping.Reading;
import dev.millrace.simulator.replay.ReplayMapping.TimeColumn;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads mapping files; the form stands at [ReplayMapping].
public final class MappingReader {

  private MappingReader() {}

  /// The mapping that ships under this name (`occupancy`), or the file at this path.
  ///
  /// @throws ProblemsException when it has faults
  /// @throws MillraceException when there is none
  public static ReplayMapping find(String nameOrPath) {
    if (shipped().contains(nameOrPath)) {
      return parse(
          "classpath:mappings/" + nameOrPath + ".yaml",
          resource("/mappings/" + nameOrPath + ".yaml"));
    }
    Path file = Path.of(nameOrPath);
    if (Files.exists(file)) {
      return read(file);
    }
    throw new MillraceException(
        ErrorCode.USAGE,
        "there is no mapping " + nameOrPath,
        "name a file, or one that ships: " + String.join(", ", shipped()));
  }

  /// @throws ProblemsException when it has faults
  public static ReplayMapping read(Path file) {
    try {
      return parse(file.toString(), Files.readAllBytes(file));
    } catch (IOException e) {
      throw new MillraceException(
          ErrorCode.FILE,
          "the mapping " + file + " cannot be read: " + e.getMessage(),
          "name a file that you may read",
          e);
    }
  }

  /// Names of the mappings that ship.
  public static List<String> shipped() {
    return new String(resource("/mappings/index"), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.isBlank())
        .toList();
  }

  private static byte[] resource(String path) {
    try (InputStream in = MappingReader.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException(path + " is not on the class path");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ReplayMapping parse(String source, byte[] bytes) {
    Faults faults = new Faults();
    Optional<ReplayMapping> mapping =
        YamlDocument.read(source, bytes, faults).flatMap(root -> mapping(source, root));
    faults.refuse("The mapping " + source);
    return mapping.orElseThrow(
        () -> new IllegalStateException("No mapping and no fault in " + source));
  }

  private static Optional<ReplayMapping> mapping(String source, YamlMap root) {
    root.only(
        "feed",
        "delimiter",
        "quote",
        "header",
        "columns",
        "charset",
        "decimal",
        "nulls",
        "time",
        "readings",
        "static",
        "bad-rows");
    Optional<String> feed = root.optional("feed").flatMap(YamlValue::text);
    char delimiter =
        root.optional("delimiter").flatMap(v -> character(v, "\",\" or tab")).orElse(',');
    Optional<Character> quote =
        root.keys().contains("quote")
            ? root.optional("quote")
                .filter(v -> !v.anyText().equals(Optional.of("none")))
                .flatMap(v -> character(v, "'\"' or none"))
            : Optional.of('"');
    Header header = header(root);
    List<String> columns = columns(root, header);
    Charset charset =
        root.optional("charset").flatMap(MappingReader::charset).orElse(StandardCharsets.UTF_8);
    char decimal =
        root.optional("decimal")
            .flatMap(v -> v.oneOf(List.of(".", ",")))
            .map(t -> t.charAt(0))
            .orElse('.');
    Set<String> nulls =
        root.optional("nulls").map(MappingReader::nulls).orElse(Set.of("", "NA", "?"));
    Optional<TimeColumn> time =
        root.required("time", "{ column: date, format: iso }")
            .flatMap(YamlValue::map)
            .flatMap(MappingReader::time);
    List<Reading> readings = readings(root);
    Map<String, String> fixed = new HashMap<>();
    root.optional("static")
        .flatMap(YamlValue::map)
        .ifPresent(
            map ->
                map.entries()
                    .forEach(e -> e.value().anyText().ifPresent(t -> fixed.put(e.key(), t))));
    BadRows badRows =
        root.optional("bad-rows")
            .flatMap(v -> v.oneOf(List.of("skip", "fail")))
            .map(t -> BadRows.valueOf(t.toUpperCase(Locale.ROOT)))
            .orElse(BadRows.SKIP);
    return time.map(
        t ->
            new ReplayMapping(
                source, feed, delimiter, quote, header, columns, charset, decimal, nulls, t,
                readings, fixed, badRows));
  }

  private static Optional<Character> character(YamlValue value, String example) {
    Optional<String> text = value.anyText();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (text.get().equals("tab") || text.get().equals("\\t")) {
      return Optional.of('\t');
    }
    if (text.get().length() != 1) {
      value.fault("is '" + text.get() + "'", "write one character, " + example);
      return Optional.empty();
    }
    return Optional.of(text.get().charAt(0));
  }

  private static Header header(YamlMap root) {
    Optional<String> text =
        root.optional("header")
            .flatMap(v -> v.oneOf(List.of("yes", "no", "ragged", "true", "false")));
    return switch (text.orElse("yes")) {
      case "no", "false" -> Header.NO;
      case "ragged" -> Header.RAGGED;
      default -> Header.YES;
    };
  }

  private static List<String> columns(YamlMap root, Header header) {
    Optional<YamlValue> value =
        header == Header.NO
            ? root.required("columns", "[date, temperature]")
            : root.optional("columns");
    if (header != Header.NO && value.isPresent()) {
      value.get().fault("stand beside a header, which names them", "leave one of the two");
    }
    List<String> columns = new ArrayList<>();
    for (YamlValue item : value.flatMap(YamlValue::list).orElse(List.of())) {
      Optional<String> name = item.text();
      if (name.isPresent() && columns.contains(name.get())) {
        item.fault("names " + name.get() + " twice", "give each column its own name");
      }
      name.ifPresent(columns::add);
    }
    return columns;
  }

  private static Optional<Charset> charset(YamlValue value) {
    Optional<String> name = value.text();
    if (name.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Charset.forName(name.get()));
    } catch (IllegalArgumentException _) {
      value.fault("is '" + name.get() + "', no known charset", "write UTF-8 or windows-1252");
      return Optional.empty();
    }
  }

  private static Set<String> nulls(YamlValue value) {
    Set<String> nulls = new HashSet<>();
    for (YamlValue item : value.oneOrMany()) {
      item.anyText().ifPresent(nulls::add);
    }
    return nulls;
  }

  private static Optional<TimeColumn> time(YamlMap map) {
    map.only("column", "format", "zone", "midnight");
    Optional<YamlValue> columnValue = map.required("column", "date");
    Optional<String> column = columnValue.flatMap(YamlValue::text);
    List<String> formats = new ArrayList<>();
    for (YamlValue item :
        map.required("format", "iso").map(YamlValue::oneOrMany).orElse(List.of())) {
      item.text().filter(text -> isFormat(item, text)).ifPresent(formats::add);
    }
    Midnight midnight =
        map.optional("midnight")
            .flatMap(v -> v.oneOf(List.of("begins-day", "ends-day")))
            .filter(text -> text.equals("ends-day"))
            .map(_ -> Midnight.ENDS_DAY)
            .orElse(Midnight.BEGINS_DAY);
    ZoneId zone = map.optional("zone").flatMap(MappingReader::zone).orElse(ZoneOffset.UTC);
    int line = columnValue.map(YamlValue::line).orElse(0);
    return column.map(name -> new TimeColumn(name, formats, zone, midnight, line));
  }

  private static boolean isFormat(YamlValue value, String text) {
    try {
      new TimeFormat(List.of(text), ZoneOffset.UTC);
      if (TimeFormat.WORDS.contains(text) || (text.contains("y") && text.contains("d"))) {
        return true;
      }
    } catch (IllegalArgumentException _) {
      // Told below, with the forms that count.
    }
    value.fault(
        "is no time format: '" + text + "'",
        "write for example \"yyyy-MM-dd HH:mm:ss\", or one of "
            + String.join(", ", TimeFormat.WORDS));
    return false;
  }

  private static Optional<ZoneId> zone(YamlValue value) {
    Optional<String> text = value.text();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(ZoneId.of(text.get()));
    } catch (DateTimeException _) {
      value.fault(
          "is '" + text.get() + "', no known time zone",
          Nearest.to(text.get(), ZoneId.getAvailableZoneIds())
              .map(near -> "write " + near + "?")
              .orElse("write for example UTC, +01:00 or Europe/Berlin"));
      return Optional.empty();
    }
  }

  private static List<Reading> readings(YamlMap root) {
    List<Reading> readings = new ArrayList<>();
    Optional<YamlValue> value =
        root.required("readings", "[{ column: Temperature, sensor: room-1 }]");
    for (YamlValue item : value.flatMap(YamlValue::list).orElse(List.of())) {
      item.map().flatMap(map -> reading(item, map)).ifPresent(readings::add);
    }
    if (value.isPresent() && value.get().isList() && value.get().oneOrMany().isEmpty()) {
      value.get().fault("name no column", "name at least one");
    }
    return readings;
  }

  private static Optional<Reading> reading(YamlValue item, YamlMap map) {
    map.only("column", "sensor", "kind", "unit", "place", "scale");
    Optional<String> column = map.required("column", "Temperature").flatMap(YamlValue::text);
    Optional<String> sensor =
        map.required("sensor", "\"{file}-temperature\"").flatMap(YamlValue::text);
    Optional<String> kind = map.optional("kind").flatMap(YamlValue::text);
    Optional<String> unit = map.optional("unit").flatMap(YamlValue::text);
    Optional<String> place = map.optional("place").flatMap(YamlValue::text);
    Optional<YamlValue> scaleValue = map.optional("scale");
    Optional<BigDecimal> scale =
        scaleValue
            .filter(v -> v.number(-1e9, 1e9, "a number").isPresent())
            .flatMap(YamlValue::text)
            .map(BigDecimal::new);
    return column.isPresent() && sensor.isPresent()
        ? Optional.of(
            new Reading(column.get(), sensor.get(), kind, unit, place, scale, item.line()))
        : Optional.empty();
  }
}
