package dev.millrace.app.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The classes that were loaded and linked when the installer was built (AOT cache), and whether
/// this start took them.
///
/// @param state for a person
/// @param broken whether it should have been taken and was not
record StartupCache(String state, boolean broken) {

  /// Where a person gives options to the JVM; the cache was made for none of them.
  private static final List<String> OPTIONS =
      List.of("MILLRACE_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS");

  static final String REMEDY =
      "install the package again: what it brought was changed, or its disk is damaged";

  /// Of this process; empty when it was not started from an installed image.
  static Optional<StartupCache> of() {
    return of(System::getProperty, System.getenv());
  }

  static Optional<StartupCache> of(
      UnaryOperator<@Nullable String> properties, Map<String, String> environment) {
    if (properties.apply("millrace.image") == null) {
      return Optional.empty();
    }
    // "mixed mode, sharing": HotSpot shares no classes at all when it cannot take the named cache.
    String info = properties.apply("java.vm.info");
    if (info != null && info.contains("sharing")) {
      return Optional.of(new StartupCache("in use", false));
    }
    return Optional.of(
        OPTIONS.stream()
            .filter(name -> !environment.getOrDefault(name, "").isBlank())
            .findFirst()
            .map(name -> new StartupCache("not for the JVM options that " + name + " gives", false))
            .orElseGet(() -> new StartupCache("not in use: it does not fit the program", true)));
  }
}
