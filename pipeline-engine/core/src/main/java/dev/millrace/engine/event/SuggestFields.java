package dev.millrace.engine.event;

import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.pipeline.Feed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Guesses, from the `_extra` objects of a Bronze table, which columns a feed could have.
///
/// A field that has become a column since is not suggested. Holds at most 1,000 names. Confined to
/// one thread.
public final class SuggestFields {

  private static final int MOST_NAMES = 1_000;
  private static final int EXAMPLE = 60;

  /// What a value was written as.
  private enum Form {
    BOOLEAN,
    WHOLE,
    DECIMAL,
    TIME,
    DATE,
    TEXT,
    NESTED
  }

  private static final class Seen {
    private final Set<Form> forms = EnumSet.noneOf(Form.class);
    private long events;
    private String example = "null";
  }

  private final Feed feed;
  private final Map<String, Seen> fields = new LinkedHashMap<>();
  private final JsonCursor json = new JsonCursor();
  private long events;
  private boolean passedOver;

  public SuggestFields(Feed feed) {
    this.feed = feed;
  }

  /// Events read so far.
  public long events() {
    return events;
  }

  /// Whether fields came that are not held.
  public boolean passedOver() {
    return passedOver;
  }

  /// @param extra one object, as the decoder writes it
  /// @throws IllegalArgumentException when it is none
  public void read(String extra) {
    byte[] text = extra.getBytes(StandardCharsets.UTF_8);
    json.reset(text, 0, text.length);
    try {
      events++;
      json.expect('{');
      if (json.peek() == '}') {
        return;
      }
      do {
        json.readName();
        String name =
            new String(
                json.stringBytes(),
                json.stringStart(),
                json.stringLength(),
                StandardCharsets.UTF_8);
        json.expect(':');
        field(name, json.peek(), text);
      } while (json.anotherIn('}'));
    } catch (JsonFault e) {
      throw new IllegalArgumentException("_extra holds no JSON object: " + e.verdict(), e);
    }
  }

  private void field(String name, byte first, byte[] text) {
    Seen seen = fields.get(name);
    if (seen == null && fields.size() < MOST_NAMES) {
      seen = new Seen();
      fields.put(name, seen);
    }
    passedOver |= seen == null;
    int from = json.mark();
    Optional<Form> form = form(first);
    if (seen != null) {
      seen.events++;
      if (form.isPresent()) {
        seen.forms.add(form.get());
        seen.example = new String(text, from, json.mark() - from, StandardCharsets.UTF_8);
      }
    }
  }

  /// Reads the value; empty for null.
  private Optional<Form> form(byte first) {
    return switch (first) {
      case 'n' -> {
        json.takeNull();
        yield Optional.empty();
      }
      case 't', 'f' -> {
        var _ = json.readBoolean();
        yield Optional.of(Form.BOOLEAN);
      }
      case '"' -> {
        json.readString();
        yield Optional.of(formOfText());
      }
      case '{', '[' -> {
        json.skipValue();
        yield Optional.of(Form.NESTED);
      }
      default -> {
        json.readNumber();
        yield Optional.of(json.number().fitsLong() ? Form.WHOLE : Form.DECIMAL);
      }
    };
  }

  private Form formOfText() {
    byte[] bytes = json.stringBytes();
    int start = json.stringStart();
    int length = json.stringLength();
    if (IsoTime.micros(bytes, start, length) > IsoTime.LAST_FAULT) {
      return Form.TIME;
    }
    return IsoTime.epochDay(bytes, start, length) > IsoTime.LAST_FAULT ? Form.DATE : Form.TEXT;
  }

  /// The fields met, the most frequent first.
  public List<FieldSuggestion> suggestions() {
    List<FieldSuggestion> all = new ArrayList<>();
    fields.forEach(
        (name, seen) -> {
          if (feed.schema().indexOf(name) < 0) {
            all.add(suggestion(name, seen));
          }
        });
    all.sort(
        Comparator.comparingLong(FieldSuggestion::events)
            .reversed()
            .thenComparing(FieldSuggestion::name));
    return all;
  }

  private FieldSuggestion suggestion(String name, Seen seen) {
    Optional<ColumnType> type = type(seen.forms);
    String obstacle =
        Feed.whyNoColumn(name)
            .orElseGet(
                () ->
                    type.isPresent()
                        ? ""
                        : seen.forms.isEmpty()
                            ? "it was null each time"
                            : seen.forms.contains(Form.NESTED)
                                ? "no column holds an object or an array"
                                : "its values are of several types");
    String example = seen.example;
    int end =
        example.length() <= EXAMPLE
            ? example.length()
            : Character.isHighSurrogate(example.charAt(EXAMPLE - 2)) ? EXAMPLE - 2 : EXAMPLE - 1;
    return new FieldSuggestion(
        name,
        obstacle.isEmpty() ? type : Optional.empty(),
        seen.events,
        end == example.length() ? example : example.substring(0, end) + "…",
        obstacle);
  }

  private static Optional<ColumnType> type(Set<Form> forms) {
    if (forms.isEmpty()) {
      return Optional.empty();
    }
    if (forms.equals(EnumSet.of(Form.BOOLEAN))) {
      return Optional.of(ColumnType.BOOLEAN);
    }
    if (forms.equals(EnumSet.of(Form.WHOLE))) {
      return Optional.of(ColumnType.BIGINT);
    }
    if (EnumSet.of(Form.WHOLE, Form.DECIMAL).containsAll(forms)) {
      return Optional.of(ColumnType.DOUBLE);
    }
    if (forms.equals(EnumSet.of(Form.TIME))) {
      return Optional.of(ColumnType.TIMESTAMP);
    }
    if (forms.equals(EnumSet.of(Form.DATE))) {
      return Optional.of(ColumnType.DATE);
    }
    return EnumSet.of(Form.TIME, Form.DATE, Form.TEXT).containsAll(forms)
        ? Optional.of(ColumnType.STRING)
        : Optional.empty();
  }
}
