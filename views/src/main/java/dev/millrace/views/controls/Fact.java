package dev.millrace.views.controls;

import dev.millrace.views.theme.Tone;

/// A figure, with its name and what stands behind it.
public record Fact(String name, String value, Tone tone, String remark) {

  /// A figure that is neither good nor bad.
  public static Fact of(String name, String value, String remark) {
    return new Fact(name, value, Tone.MUTED, remark);
  }
}
