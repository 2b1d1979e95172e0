package dev.millrace.views.settings;

import dev.millrace.engine.api.Question.Connection;
import dev.millrace.views.theme.Tone;

/// What is known of one connection.
///
/// @param words what was found out, or why it was not asked; empty when nobody asked yet
/// @param remedy what to do; empty when nothing need be done
public record ConnectionState(
    Connection which, Tone tone, String place, String words, String remedy, boolean asking) {}
