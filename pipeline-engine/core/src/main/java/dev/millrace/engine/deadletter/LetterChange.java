package dev.millrace.engine.deadletter;

/// What a piece of work did to dead letters.
///
/// @param changed letters whose state is another now
/// @param leftAlone letters that were meant and stayed as they are: an edit did not apply to them,
///   or another had dealt with them meanwhile
public record LetterChange(long changed, long leftAlone) {

  LetterChange plus(LetterChange other) {
    return new LetterChange(changed + other.changed, leftAlone + other.leftAlone);
  }
}
