package dev.millrace.app.crash;

import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What program runs on what machine, in the order a person reads it.
public final class Facts {

  /// System property with the version of the package the program was installed from.
  private static final String INSTALLED = "millrace.version";

  private Facts() {}

  /// The program's version: of its package, or else of its build.
  public static String version() {
    return Optional.ofNullable(System.getProperty(INSTALLED))
        .or(() -> Optional.ofNullable(Facts.class.getPackage().getImplementationVersion()))
        .orElse("(from classes)");
  }

  public static Map<String, String> of() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("millrace", version());
    facts.put(
        "installed", Optional.ofNullable(System.getProperty("millrace.image")).orElse("no, built"));
    facts.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
    facts.put(
        "system",
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"));
    Runtime runtime = Runtime.getRuntime();
    facts.put("processors", Integer.toString(runtime.availableProcessors()));
    facts.put(
        "heap",
        "%d MiB used, at most %d MiB"
            .formatted(
                (runtime.totalMemory() - runtime.freeMemory()) >> 20, runtime.maxMemory() >> 20));
    facts.put("up for", ManagementFactory.getRuntimeMXBean().getUptime() / 1_000 + " s");
    facts.put(
        "options", String.join(" ", ManagementFactory.getRuntimeMXBean().getInputArguments()));
    return facts;
  }
}
