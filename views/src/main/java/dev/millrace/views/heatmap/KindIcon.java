package dev.millrace.views.heatmap;

import java.util.Locale;

/// Pictures of what is measured.
public final class KindIcon {

  private KindIcon() {}

  /// Ikonli literal for a kind of reading, by the words in its name.
  public static String of(String kind) {
    String name = kind.toLowerCase(Locale.ENGLISH);
    if (name.contains("temp")) {
      return "mdi2t-thermometer";
    }
    if (name.contains("humid") || name.contains("moist")) {
      return "mdi2w-water-percent";
    }
    if (name.contains("press")) {
      return "mdi2g-gauge";
    }
    if (name.contains("vibr") || name.contains("shock")) {
      return "mdi2v-vibrate";
    }
    if (name.contains("power") || name.contains("energy") || name.contains("current")) {
      return "mdi2l-lightning-bolt-outline";
    }
    if (name.contains("co2") || name.contains("gas") || name.contains("air")) {
      return "mdi2m-molecule-co2";
    }
    if (name.contains("speed") || name.contains("veloc")) {
      return "mdi2s-speedometer";
    }
    return "mdi2a-access-point";
  }
}
