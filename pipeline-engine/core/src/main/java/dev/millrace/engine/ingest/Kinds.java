package dev.millrace.engine.ingest;

import dev.millrace.engine.model.FeedFlow;
import dev.millrace.engine.pipeline.Feed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The kinds of a feed's events and how fast each flows: the first 32 by name, all others together,
/// so that a column of ids taken for a kind costs no more. Confined to the stream's thread.
final class Kinds {

  static final int NAMED = 32;

  /// Number of slots that counts are kept in; the last is of all other kinds.
  static final int SLOTS = NAMED + 1;

  private final int column;
  private final Map<String, Integer> slots = new HashMap<>();
  private final List<String> names = new ArrayList<>();
  private final List<RateMeter> rates = new ArrayList<>();
  private final RateMeter others;

  Kinds(Feed feed, long nowMillis) {
    column = feed.roles().kind().map(feed.schema()::indexOf).orElse(-1);
    others = new RateMeter(nowMillis);
  }

  /// Column that tells the kind; -1 when none does.
  int column() {
    return column;
  }

  /// The kind's slot, new when the kind is and there is room.
  int slot(String kind, long nowMillis) {
    Integer known = slots.get(kind);
    if (known != null) {
      return known;
    }
    if (names.size() == NAMED) {
      return NAMED;
    }
    slots.put(kind, names.size());
    names.add(kind);
    rates.add(new RateMeter(nowMillis));
    return names.size() - 1;
  }

  /// Name of a slot that was given out, or of the last.
  String name(int slot) {
    return slot < names.size() ? names.get(slot) : FeedFlow.OTHERS;
  }

  void flowed(int slot, long events, long nowMillis) {
    (slot == NAMED ? others : rates.get(slot)).add(events, nowMillis);
  }

  /// By kind, in the order the kinds were first met; without the others while there are none.
  Map<String, Double> perSecond(long nowMillis) {
    Map<String, Double> all = new LinkedHashMap<>();
    for (int slot = 0; slot < names.size(); slot++) {
      all.put(names.get(slot), rates.get(slot).perSecond(nowMillis));
    }
    double rest = others.perSecond(nowMillis);
    if (rest > 0) {
      all.merge(FeedFlow.OTHERS, rest, Double::sum);
    }
    return all;
  }
}
