package dev.millrace.simulator;

import dev.millrace.engine.model.Column;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.pipeline.Roles;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// How one sensor's events are written: the feed's columns in their order, what never changes
/// written beforehand.
final class EventForm {

  /// What stands in a column.
  private sealed interface Content {
    record Fixed(byte[] json) implements Content {}

    record Value() implements Content {}

    record Time() implements Content {}

    record Made(ColumnSource source, List<byte[]> texts) implements Content {}
  }

  private record Part(Column column, byte[] name, Content content) {}

  /// Literal bytes, then the content of a column; the last part has no content.
  private record Step(byte[] before, @Nullable Content content, boolean isKey) {}

  private final List<Part> parts;
  private final Step[] steps;
  private final int decimals;
  private final byte @Nullable [] fixedKey;
  private int keyFrom;
  private int keyTo;

  /// @param place empty when there is none
  EventForm(Feed feed, FleetSettings settings, Signal signal, String name, String place) {
    this.decimals = signal.decimals();
    this.parts = parts(feed, settings, signal, name, place);
    this.steps = steps(parts, feed.kafka().key());
    this.fixedKey =
        parts.stream()
            .filter(p -> p.column().name().equals(feed.kafka().key()))
            .findFirst()
            .map(p -> p.content() instanceof Content.Fixed(byte[] json) ? unquoted(json) : null)
            .orElse(null);
  }

  private static List<Part> parts(
      Feed feed, FleetSettings settings, Signal signal, String name, String place) {
    Roles roles = feed.roles();
    List<Part> parts = new ArrayList<>();
    for (Column column : feed.schema().columns()) {
      Optional<String> is = Optional.of(column.name());
      ColumnSource source = settings.columns().get(column.name());
      Content content = null;
      if (is.equals(roles.entity())) {
        content = new Content.Fixed(JsonBytes.quote(name));
      } else if (is.equals(roles.kind())) {
        content = new Content.Fixed(JsonBytes.quote(signal.kind()));
      } else if (is.equals(roles.place()) && !place.isEmpty()) {
        content = new Content.Fixed(JsonBytes.quote(place));
      } else if (is.equals(roles.unit()) && signal.unit().isPresent()) {
        content = new Content.Fixed(JsonBytes.quote(signal.unit().get()));
      } else if (is.equals(roles.value())) {
        content = new Content.Value();
      } else if (column.name().equals(roles.time())) {
        content = new Content.Time();
      } else if (source != null) {
        content =
            new Content.Made(
                source,
                source instanceof ColumnSource.OneOf(List<String> texts)
                    ? texts.stream().map(JsonBytes::quote).toList()
                    : List.of());
      }
      if (content != null) {
        byte[] quoted = JsonBytes.quote(column.name());
        byte[] named = Arrays.copyOf(quoted, quoted.length + 1);
        named[quoted.length] = ':';
        parts.add(new Part(column, named, content));
      }
    }
    return parts;
  }

  private static Step[] steps(List<Part> parts, String key) {
    List<Step> steps = new ArrayList<>();
    JsonBytes before = new JsonBytes().ascii("{");
    boolean first = true;
    for (Part part : parts) {
      if (!first) {
        before.ascii(",");
      }
      first = false;
      before.raw(part.name());
      if (part.content() instanceof Content.Fixed(byte[] json)) {
        before.raw(json);
      } else {
        steps.add(new Step(before.copy(), part.content(), part.column().name().equals(key)));
        before.clear();
      }
    }
    steps.add(new Step(before.ascii("}").copy(), null, false));
    return steps.toArray(Step[]::new);
  }

  /// Writes an event into `out`, emptied first.
  ///
  /// @param scaled the value times 10^decimals
  void write(JsonBytes out, long scaled, long timeMicros, RandomGenerator random) {
    out.clear();
    for (Step step : steps) {
      out.raw(step.before());
      if (step.content() != null) {
        int from = out.length();
        content(out, step.content(), scaled, timeMicros, random);
        if (step.isKey()) {
          keyFrom = from;
          keyTo = out.length();
        }
      }
    }
  }

  /// The Kafka key of the event written last: the text of its key column.
  byte[] key(JsonBytes written) {
    if (fixedKey != null) {
      return fixedKey;
    }
    return unquoted(written.copy(keyFrom, keyTo));
  }

  private static byte[] unquoted(byte[] json) {
    boolean quoted = json.length >= 2 && json[0] == '"';
    return quoted ? Arrays.copyOfRange(json, 1, json.length - 1) : json;
  }

  private void content(
      JsonBytes out, Content content, long scaled, long timeMicros, RandomGenerator random) {
    switch (content) {
      case Content.Fixed(byte[] json) -> out.raw(json);
      case Content.Value() -> out.fixed(scaled, decimals);
      case Content.Time() -> out.time(timeMicros);
      case Content.Made(ColumnSource.OneOf _, List<byte[]> texts) ->
          out.raw(texts.get(random.nextInt(texts.size())));
      case Content.Made(ColumnSource.Between between, _) -> between(out, between, random);
      case Content.Made(ColumnSource.RandomUuid(), _) ->
          out.uuid(random.nextLong(), random.nextLong());
      case Content.Made(ColumnSource.Flag(double share), _) ->
          out.ascii(random.nextDouble() < share ? "true" : "false");
    }
  }

  private static void between(JsonBytes out, ColumnSource.Between between, RandomGenerator random) {
    double value = between.low() + (between.high() - between.low()) * random.nextDouble();
    out.fixed(Math.round(value * JsonBytes.power(between.decimals())), between.decimals());
  }

  /// An event that the feed's schema refuses.
  byte[] malformed(
      Malformation how, JsonBytes out, long scaled, long timeMicros, RandomGenerator random) {
    return switch (how) {
      case TRUNCATED -> {
        write(out, scaled, timeMicros, random);
        yield out.copy(0, 1 + random.nextInt(out.length() - 1));
      }
      case WRONG_TYPE ->
          spoilt(out, first(Content.Value.class), "\"n/a\"", scaled, timeMicros, random);
      case MISSING_FIELD -> spoilt(out, aRequired(random), null, scaled, timeMicros, random);
      case BAD_TIME ->
          spoilt(
              out,
              first(Content.Time.class),
              random.nextBoolean() ? "\"31.12. 25:61\"" : "\"0000-00-00T00:00:00Z\"",
              scaled,
              timeMicros,
              random);
      case NOT_UTF8 ->
          spoilt(out, first(Content.Fixed.class), "\"\u00c3(\"", scaled, timeMicros, random);
    };
  }

  /// The malformations that the feed's columns allow.
  List<Malformation> malformations() {
    List<Malformation> possible = new ArrayList<>(List.of(Malformation.values()));
    if (parts.stream().noneMatch(p -> p.content() instanceof Content.Value)) {
      possible.remove(Malformation.WRONG_TYPE);
    }
    if (parts.stream().noneMatch(p -> p.content() instanceof Content.Fixed)) {
      possible.remove(Malformation.NOT_UTF8);
    }
    return possible;
  }

  private Part first(Class<? extends Content> content) {
    return parts.stream().filter(p -> content.isInstance(p.content())).findFirst().orElseThrow();
  }

  private Part aRequired(RandomGenerator random) {
    List<Part> required = parts.stream().filter(p -> !p.column().nullable()).toList();
    return required.get(random.nextInt(required.size()));
  }

  /// @param instead bytes of the column, one char each; null leaves the column out
  private byte[] spoilt(
      JsonBytes out,
      Part part,
      @Nullable String instead,
      long scaled,
      long timeMicros,
      RandomGenerator random) {
    out.clear().ascii("{");
    for (Part each : parts) {
      if (each.equals(part) && instead == null) {
        continue;
      }
      if (out.length() > 1) {
        out.ascii(",");
      }
      out.raw(each.name());
      if (each.equals(part) && instead != null) {
        out.raw(instead.getBytes(StandardCharsets.ISO_8859_1));
      } else {
        content(out, each.content(), scaled, timeMicros, random);
      }
    }
    return out.ascii("}").copy();
  }
}
