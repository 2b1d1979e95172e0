package dev.millrace.engine.deadletter;

import java.time.Instant;
import java.util.Optional;

/// One dead letter as its table holds it. The array is shared: read only.
///
/// @param raw the value's bytes as they came
/// @param position byte of the value, from 0, where the fault was seen
/// @param replayId id of the replay that claimed or sent it
/// @param replayFrom where the topic's partitions ended before the replay sent anything
/// @param note where it was replayed to, or why it was discarded
/// @param changedAt when its state changed last
public record Letter(
    String feed,
    LetterId id,
    String reason,
    String detail,
    long position,
    Instant seenAt,
    LetterState state,
    Optional<String> replayId,
    Optional<String> replayFrom,
    Optional<String> note,
    Optional<Instant> changedAt,
    byte[] raw) {}
