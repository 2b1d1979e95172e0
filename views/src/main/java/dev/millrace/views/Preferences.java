package dev.millrace.views;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What a person chose and expects to find again. FX thread only.
///
/// A preference that cannot be kept is forgotten without complaint: it is a convenience.
public interface Preferences {

  Optional<String> value(String key);

  void keep(String key, String value);

  /// Remembers as long as the console lives.
  static Preferences inMemory() {
    Map<String, String> values = new HashMap<>();
    return new Preferences() {
      @Override
      public Optional<String> value(String key) {
        return Optional.ofNullable(values.get(key));
      }

      @Override
      public void keep(String key, String value) {
        values.put(key, value);
      }
    };
  }
}
