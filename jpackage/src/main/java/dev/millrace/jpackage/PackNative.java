package dev.millrace.jpackage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The installers of Windows (`.msi`) and macOS (`.dmg`), by jpackage, of the image as it is.
final class PackNative {

  /// By it Windows knows a later version as an upgrade; it must never change.
  private static final String UPGRADE_CODE = "6f0f3c0e-5a0b-4d0d-9b56-2d3f0a1c7e41";

  private final Plan plan;

  PackNative(Plan plan) {
    this.plan = plan;
  }

  void run() {
    Path to = folder(plan);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--name", plan.imageName(),
                "--app-image", plan.image().toString(),
                "--dest", to.toString(),
                "--app-version", plan.version().plain(plan.target().os()),
                "--vendor", "Millrace",
                "--description", Words.SHORT,
                "--copyright", Words.COPYRIGHT,
                "--license-file", plan.licence().toString()));
    arguments.addAll(
        switch (plan.target().os()) {
          case WINDOWS ->
              List.of(
                  "--type",
                  "msi",
                  "--win-per-user-install",
                  "--win-menu",
                  "--win-menu-group",
                  "Millrace",
                  "--win-upgrade-uuid",
                  UPGRADE_CODE);
          case MACOS -> List.of("--type", "dmg");
          case LINUX -> throw new IllegalStateException("Linux has PackDeb");
        });
    Tool.jdk("jpackage", arguments);
  }

  /// The installer that was made.
  static Path made(Plan plan) throws IOException {
    try (Stream<Path> made = Files.list(folder(plan))) {
      return made.findFirst()
          .orElseThrow(() -> new IllegalStateException("jpackage made nothing in " + folder(plan)));
    }
  }

  private static Path folder(Plan plan) {
    return plan.out().resolve("installer");
  }
}
