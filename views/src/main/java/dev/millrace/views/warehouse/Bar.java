package dev.millrace.views.warehouse;

import dev.millrace.views.theme.Tone;

/// A column of a picture: what comes above the line, what goes below it.
///
/// @param label for people, for example a day
/// @param up rows that come
/// @param down rows that go
/// @param still rows that stay, drawn dim above what comes
record Bar(String label, double up, Tone tone, double down, double still) {}
