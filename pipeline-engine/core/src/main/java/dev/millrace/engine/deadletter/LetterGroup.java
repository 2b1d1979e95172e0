package dev.millrace.engine.deadletter;

import java.time.Instant;

/// Dead letters of one feed with one reason and one state.
///
/// @param first when the first of them was seen
/// @param last when the last of them was seen
public record LetterGroup(
    String feed, String reason, LetterState state, long letters, Instant first, Instant last) {}
