package dev.millrace.views.desk;

import dev.millrace.views.theme.Tone;

/// What a person is told about work that ended.
///
/// @param remedy what to do about it; empty when nothing need be done
public record Toast(Tone tone, String title, String text, String remedy) {

  /// Where toasts are shown. FX thread only.
  @FunctionalInterface
  public interface Tray {
    void show(Toast toast);
  }
}
