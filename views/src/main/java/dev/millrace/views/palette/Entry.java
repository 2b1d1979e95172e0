package dev.millrace.views.palette;

/// Something a person can go to or do.
///
/// @param kind `Room`, `Table`, `Sensor`, `Flow`, `Run` or `Action`
/// @param detail what it is of or would do; may be empty
/// @param keys shortcut as people read it; empty for none
/// @param icon Ikonli literal
public record Entry(
    String kind, String title, String detail, String keys, String icon, Runnable act) {}
