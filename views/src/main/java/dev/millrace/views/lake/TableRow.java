package dev.millrace.views.lake;

import dev.millrace.engine.model.TableName;

/// One table as the list shows it.
///
/// @param figures rows and size in words
/// @param age how long ago its newest version was committed
/// @param share of the largest table's size, 0 to 1
public record TableRow(
    TableName table, long version, String figures, String age, double share, int files) {}
