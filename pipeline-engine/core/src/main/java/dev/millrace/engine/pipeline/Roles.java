package dev.millrace.engine.pipeline;

import java.util.Optional;

/// What a feed's columns mean to the engine and the views: column names.
///
/// @param entity who sent it, for example a sensor
/// @param kind kind of reading; ranges are per kind
/// @param place where it is, levels separated by `/`
/// @param value the number read
/// @param unit unit of the value
/// @param time event time; always there
public record Roles(
    Optional<String> entity,
    Optional<String> kind,
    Optional<String> place,
    Optional<String> value,
    Optional<String> unit,
    String time) {}
