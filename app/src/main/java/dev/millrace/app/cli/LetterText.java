package dev.millrace.app.cli;

import dev.millrace.engine.deadletter.DeadLetters;
import dev.millrace.engine.deadletter.FaultPlace;
import dev.millrace.engine.deadletter.Letter;
import dev.millrace.engine.deadletter.LetterGroup;
import dev.millrace.engine.model.Count;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Dead letters as they are printed.
final class LetterText {

  private static final int SHOWN = 80;

  private LetterText() {}

  /// So many of something, for example `1 letter` or `2,000 letters`.
  static String count(long number, String one) {
    return Count.of(number, one);
  }

  static Map<String, Object> row(LetterGroup group) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("feed", group.feed());
    row.put("reason", group.reason());
    row.put("state", group.state().text());
    row.put("dead_letters", group.letters());
    row.put("first_seen", group.first().toString());
    row.put("last_seen", group.last().toString());
    return row;
  }

  /// One line of a list.
  static Map<String, Object> row(Letter letter) {
    Map<String, Object> row = coordinates(letter);
    row.put("state", letter.state().text());
    row.put("reason", letter.reason());
    row.put("position", letter.position());
    row.put("bytes", letter.raw().length);
    row.put("seen_at", letter.seenAt().toString());
    row.put(
        "detail",
        letter.detail().length() <= SHOWN
            ? letter.detail()
            : letter.detail().substring(0, SHOWN) + "…");
    return row;
  }

  /// All a letter holds.
  ///
  /// @param origin the letter whose replay this is
  static Map<String, Object> object(Letter letter, Optional<Letter> origin) {
    FaultPlace place = letter.place();
    Map<String, Object> object = coordinates(letter);
    object.put("kafka_topic", letter.id().topic());
    object.put("reason", letter.reason());
    object.put("detail", letter.detail());
    object.put("position", letter.position());
    object.put("line", place.line());
    object.put("column", place.column());
    object.put("seen_at", letter.seenAt().toString());
    object.put("state", letter.state().text());
    origin.ifPresent(
        sent -> {
          Map<String, Object> from = new LinkedHashMap<>();
          from.put("kafka_partition", sent.id().partition());
          from.put("kafka_offset", sent.id().offset());
          sent.replayId().ifPresent(id -> from.put("replay_id", id));
          object.put("came_back_from", from);
        });
    letter.replayId().ifPresent(id -> object.put("replay_id", id));
    letter.note().ifPresent(note -> object.put("note", note));
    letter.changedAt().ifPresent(at -> object.put("changed_at", at.toString()));
    letter
        .text()
        .ifPresentOrElse(
            text -> object.put("raw", text),
            () -> object.put("raw_base64", Base64.getEncoder().encodeToString(letter.raw())));
    return object;
  }

  /// All a letter holds, with a caret under the fault.
  ///
  /// @param origin the letter whose replay this is
  static List<String> block(Letter letter, Optional<Letter> origin) {
    FaultPlace place = letter.place();
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s partition %d offset %d: %s, %s"
            .formatted(
                letter.feed(),
                letter.id().partition(),
                letter.id().offset(),
                letter.reason(),
                letter.state().text()));
    lines.add(
        "  %s (byte %d of %d, line %d column %d)"
            .formatted(
                letter.detail(),
                letter.position(),
                letter.raw().length,
                place.line(),
                place.column()));
    origin.ifPresent(
        sent ->
            lines.add(
                "  came back from a replay of partition %d offset %d%s"
                    .formatted(
                        sent.id().partition(),
                        sent.id().offset(),
                        sent.replayId().map(id -> ", replay " + id).orElse(""))));
    lines.add("    " + place.excerpt());
    lines.add("    " + place.pointer());
    lines.add(
        "  seen "
            + letter.seenAt()
            + letter.changedAt().map(at -> ", " + letter.state().text() + " " + at).orElse("")
            + letter.note().map(note -> ": " + note).orElse(""));
    lines.add("");
    return lines;
  }

  /// What a replay would do, and with which reasons.
  static Map<String, Object> object(DeadLetters.Preview preview) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("letters", preview.letters());
    object.put("events_now", preview.events());
    object.put("would_come_back", preview.letters() - preview.events());
    object.put("edit_does_not_apply", preview.leftAlone());
    object.put("reasons", preview.groups().stream().map(LetterText::row).toList());
    return object;
  }

  private static Map<String, Object> coordinates(Letter letter) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("feed", letter.feed());
    row.put("kafka_partition", letter.id().partition());
    row.put("kafka_offset", letter.id().offset());
    return row;
  }
}
