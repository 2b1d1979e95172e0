package dev.millrace.engine.deadletter;

import dev.millrace.engine.deadletter.ChangeState.Move;
import dev.millrace.engine.deadletter.ChangeState.Target;
import dev.millrace.engine.deadletter.Settlement.Assumption;
import dev.millrace.engine.ingest.ReplayTopic;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Decides about letters that a replay claimed and did not mark: the topic tells whether they were
/// sent. See `docs/decisions/0007-a-dead-letter-is-sent-once.md`.
final class SettleReplays {

  private final LetterTable letters;
  private final InstantSource clock;

  SettleReplays(LetterTable letters, InstantSource clock) {
    this.letters = letters;
    this.clock = clock;
  }

  private record Claim(LetterId id, String replayId, Map<Integer, Long> from) {
    Target target(Optional<String> note) {
      return new Target(id, Optional.of(replayId), note);
    }
  }

  private record Stamp(String replayId, LetterId id) {}

  /// @param topic opened before this is called, so that no claimer can send any more
  Settlement settle(ReplayTopic topic, Assumption assumption) {
    List<Claim> claims = claims();
    if (claims.isEmpty()) {
      return Settlement.NOTHING;
    }
    Map<Integer, Long> from = new HashMap<>();
    claims.forEach(claim -> claim.from().forEach((p, end) -> from.merge(p, end, Math::min)));
    ReplayTopic.Search search = topic.search(from);
    Map<Stamp, ReplayTopic.Sent> sent = new HashMap<>();
    for (ReplayTopic.Sent each : search.sent()) {
      sent.putIfAbsent(
          new Stamp(each.id(), new LetterId(each.topic(), each.partition(), each.offset())), each);
    }
    Map<String, List<Target>> replayed = new LinkedHashMap<>();
    Map<String, List<Target>> released = new LinkedHashMap<>();
    long unknown = 0;
    for (Claim claim : claims) {
      ReplayTopic.Sent found = sent.get(new Stamp(claim.replayId(), claim.id()));
      if (found != null) {
        add(replayed, claim, claim.target(Optional.of(ReplayLetters.note(found))));
      } else if (search.whole(claim.from()) || assumption == Assumption.NOT_SENT) {
        add(released, claim, claim.target(Optional.empty()));
      } else if (assumption == Assumption.SENT) {
        add(replayed, claim, claim.target(Optional.of("taken as replayed by a person")));
      } else {
        unknown++;
      }
    }
    return new Settlement(
        move(replayed, LetterState.REPLAYED), move(released, LetterState.NEW), unknown);
  }

  private static void add(Map<String, List<Target>> by, Claim claim, Target target) {
    by.computeIfAbsent(claim.replayId(), _ -> new ArrayList<>()).add(target);
  }

  private long move(Map<String, List<Target>> byReplay, LetterState to) {
    long moved = 0;
    for (var replay : byReplay.entrySet()) {
      Optional<String> id =
          to == LetterState.REPLAYED ? Optional.of(replay.getKey()) : Optional.empty();
      moved +=
          new ChangeState(letters)
              .move(
                  replay.getValue(),
                  new Move(
                      "SETTLE REPLAY",
                      LetterState.REPLAYING,
                      to,
                      id,
                      Optional.empty(),
                      clock.instant()))
              .size();
    }
    return moved;
  }

  private List<Claim> claims() {
    List<Claim> claims = new ArrayList<>();
    letters.forEach(
        LetterFilter.ALL.in(LetterState.REPLAYING),
        letter -> {
          claims.add(
              new Claim(
                  letter.id(),
                  letter.replayId().orElse(""),
                  offsets(letter.replayFrom().orElse(""))));
          return true;
        });
    return claims;
  }

  /// Offsets by partition as one text, for example `0:1041 1:977`.
  static String text(Map<Integer, Long> offsets) {
    return new TreeMap<>(offsets)
        .entrySet().stream()
            .map(e -> e.getKey() + ":" + e.getValue())
            .collect(Collectors.joining(" "));
  }

  private static Map<Integer, Long> offsets(String text) {
    Map<Integer, Long> offsets = new HashMap<>();
    for (String each : text.isBlank() ? new String[0] : text.split(" ", -1)) {
      int colon = each.indexOf(':');
      offsets.put(
          Integer.valueOf(each.substring(0, colon)), Long.valueOf(each.substring(colon + 1)));
    }
    return offsets;
  }
}
