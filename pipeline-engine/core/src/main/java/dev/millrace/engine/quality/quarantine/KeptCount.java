package dev.millrace.engine.quality.quarantine;

import dev.millrace.engine.model.TableName;
import dev.millrace.engine.quality.Consequence;
import java.time.Instant;

/// How many rows of a table are in quarantine in one state and for one combination of reasons.
///
/// @param reasons expectations they failed, for people, joined by `; `
/// @param first when the first of them was found
/// @param last when the last of them was found
public record KeptCount(
    TableName table,
    KeptState state,
    String reasons,
    Consequence consequence,
    long rows,
    Instant first,
    Instant last) {}
