package dev.millrace.engine.model;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// How a feed's events flow just now, and what they bring that no column holds.
///
/// @param lag age of the oldest record that is in the topic and not yet committed, zero when there
///   is none; empty while it is not known
/// @param perSecond events per second by kind, over the last seconds; kinds beyond the first 32 are
///   told together as {@link #OTHERS}
/// @param unknownFields how often each field of no column came since the worker started, the most
///   frequent first, at most 64
/// @param otherFields how often fields of further names came
/// @param pending what is read and not committed, and what is not yet read
public record FeedFlow(
    Optional<Duration> lag,
    Map<String, Double> perSecond,
    Map<String, Long> unknownFields,
    long otherFields,
    Pending pending) {

  /// Kinds that are not told by name.
  public static final String OTHERS = "others";

  /// Nothing is known.
  public static final FeedFlow NONE =
      new FeedFlow(Optional.empty(), Map.of(), Map.of(), 0, Pending.NONE);

  public FeedFlow {
    perSecond = Collections.unmodifiableMap(new LinkedHashMap<>(perSecond));
    unknownFields = Collections.unmodifiableMap(new LinkedHashMap<>(unknownFields));
  }

  /// The same of a worker that has ended: nothing flows.
  public FeedFlow ended() {
    return new FeedFlow(Optional.empty(), Map.of(), unknownFields, otherFields, Pending.NONE);
  }
}
