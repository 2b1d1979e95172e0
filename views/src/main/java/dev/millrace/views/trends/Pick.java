package dev.millrace.views.trends;

import dev.millrace.views.text.Names;
import java.util.Locale;

/// One who measures, to be chosen for the trends.
///
/// @param stuck that it says the same again and again, in words; empty when it does not
/// @param colour number of its line's colour; negative when it is not chosen
record Pick(String entity, String kind, String place, String unit, String stuck, int colour) {

  Pick with(String nextStuck, int nextColour) {
    return new Pick(entity, kind, place, unit, nextStuck, nextColour);
  }

  boolean chosen() {
    return colour >= 0;
  }

  /// What it measures and where, after what is wrong with it.
  String note() {
    return (stuck.isEmpty() ? "" : stuck + " · ") + Names.spoken(kind) + " · " + Names.place(place);
  }

  /// @param words all of which must occur
  boolean matches(String words) {
    String all = (entity + " " + kind + " " + place + " " + note()).toLowerCase(Locale.ENGLISH);
    for (String word : words.toLowerCase(Locale.ENGLISH).strip().split("\\s+")) {
      if (!all.contains(word)) {
        return false;
      }
    }
    return true;
  }
}
