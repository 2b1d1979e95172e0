package dev.millrace.views.desk;

import dev.millrace.views.theme.Tone;
import java.util.Optional;

/// What a person is told about work that ended.
///
/// @param remedy what to do about it; empty when nothing need be done
/// @param lead where to look next; empty when there is nothing to see
public record Toast(Tone tone, String title, String text, String remedy, Optional<Lead> lead) {

  /// Without a lead.
  public Toast(Tone tone, String title, String text, String remedy) {
    this(tone, title, text, remedy, Optional.empty());
  }

  public Toast leading(String label, Runnable act) {
    return new Toast(tone, title, text, remedy, Optional.of(new Lead(label, act)));
  }

  /// A button's words, and what it does.
  public record Lead(String label, Runnable act) {}

  /// Where toasts are shown. FX thread only.
  @FunctionalInterface
  public interface Tray {
    void show(Toast toast);
  }
}
