package dev.millrace.simulator.score;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.simulator.BatchTimes;
import dev.millrace.simulator.TruthKind;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A truth log in memory, about 200 bytes a line: what was done to which reading. For one thread.
///
/// A line that stands twice (the same events sent twice) counts once.
public final class Truth {

  /// What was done to a reading.
  ///
  /// @param episode null where the kind has none: malformed, late, duplicate
  record Label(TruthKind kind, @Nullable Episode episode) {}

  /// Part of event time that is looked at.
  ///
  /// @param from first microsecond
  /// @param to first microsecond after it
  public record Window(long from, long to) {

    public static final Window ALL = new Window(Long.MIN_VALUE, Long.MAX_VALUE);

    boolean holds(long micros) {
      return micros >= from && micros < to;
    }
  }

  private final Map<String, Map<Long, List<Label>>> labels = new HashMap<>();
  private final Map<String, Episode> episodes = new HashMap<>();
  private final EnumMap<TruthKind, Long> lines = new EnumMap<>(TruthKind.class);
  private final Window window;
  private long unreadable;

  private Truth(Window window) {
    this.window = window;
    for (TruthKind kind : TruthKind.values()) {
      lines.put(kind, 0L);
    }
  }

  /// @param window lines of other times are left out
  /// @throws MillraceException when the file is not there, or holds no line of a truth log
  public static Truth read(Path file, Window window) {
    Truth truth = new Truth(window);
    JsonFactory json = new JsonFactory();
    long read = 0;
    try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (!line.isBlank()) {
          read++;
          truth.take(json, line);
        }
      }
    } catch (IOException e) {
      throw new MillraceException(
          ErrorCode.USAGE,
          "the truth cannot be read: " + file + (Files.exists(file) ? ": " + e : " is not there"),
          "simulate into this home first, or name the file with --truth",
          e);
    }
    if (read > 0 && truth.unreadable == read) {
      throw new MillraceException(
          ErrorCode.USAGE,
          file + " is no truth log: none of its lines is one",
          "name the file that 'millrace simulate' wrote beside its events");
    }
    return truth;
  }

  private void take(JsonFactory json, String line) throws IOException {
    Map<String, String> fields = new HashMap<>();
    try (JsonParser parser = json.createParser(line)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        unreadable++;
        return;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        fields.put(name, Objects.requireNonNullElse(parser.getText(), ""));
      }
      String sensor = fields.get("sensor");
      if (sensor == null) {
        unreadable++;
        return;
      }
      long micros = BatchTimes.micros(Instant.parse(fields.getOrDefault("event_time", "")));
      TruthKind kind = TruthKind.valueOf(fields.getOrDefault("kind", "").toUpperCase(Locale.ROOT));
      if (window.holds(micros)) {
        add(sensor, micros, kind, fields.get("episode"));
      }
    } catch (JsonProcessingException | DateTimeException | IllegalArgumentException _) {
      unreadable++;
    }
  }

  private void add(String sensor, long micros, TruthKind kind, @Nullable String name) {
    Episode episode = null;
    if (kind.isAnomaly() || kind.isWithheld()) {
      // Logs of older versions have no episodes; there each reading is one.
      String id = name == null ? sensor + ' ' + micros + ' ' + kind : name;
      episode = episodes.computeIfAbsent(id, _ -> new Episode(kind));
    }
    List<Label> there =
        labels
            .computeIfAbsent(sensor, _ -> new HashMap<>())
            .computeIfAbsent(micros, _ -> new ArrayList<>(1));
    Label label = new Label(kind, episode);
    if (there.contains(label)) {
      return;
    }
    there.add(label);
    lines.merge(kind, 1L, Long::sum);
    if (episode != null) {
      episode.onset = Math.min(episode.onset, micros);
    }
  }

  /// What was done to the reading; taken out, so that what stays was never met.
  List<Label> take(String sensor, long micros) {
    Map<Long, List<Label>> ofSensor = labels.get(sensor);
    List<Label> found = ofSensor == null ? null : ofSensor.remove(micros);
    return found == null ? List.of() : found;
  }

  Collection<Episode> episodes() {
    return episodes.values();
  }

  Set<String> sensors() {
    return new HashSet<>(labels.keySet());
  }

  long lines(TruthKind kind) {
    return lines.getOrDefault(kind, 0L);
  }

  public boolean isEmpty() {
    return labels.isEmpty();
  }

  /// Lines that were none of a truth log; the last of a simulator that was killed may be torn.
  public long unreadable() {
    return unreadable;
  }

  Window window() {
    return window;
  }
}
