package dev.millrace.engine.deadletter;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
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
    byte[] raw) {

  /// The value as text, when its bytes are UTF-8 throughout.
  public Optional<String> text() {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(raw)).toString());
    } catch (CharacterCodingException _) {
      return Optional.empty();
    }
  }

  /// Where the fault is, for people.
  public FaultPlace place() {
    return FaultPlace.of(raw, position);
  }
}
