package dev.millrace.app.cli;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.settings.HomeSettings;
import dev.millrace.engine.settings.LakeSettings;
import dev.millrace.engine.settings.WarehouseSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where the demo's tables lie.
enum DemoProfile {
  /// A folder of the home, and its PostgreSQL.
  LAPTOP("laptop", ""),
  /// The home's own S3, and its stand-in for Redshift: the way a pipeline goes on AWS.
  LOCAL_AWS(
      "local-aws",
      """
      # The way of the cloud on this machine: the lake lies in the home's own S3 server, and the
      # warehouse is its stand-in for Amazon Redshift, which loads from there by COPY.
      lake: { location: "s3://millrace/lake", endpoint: embedded }
      warehouse: { kind: redshift, endpoint: embedded }
      """);

  private final String word;
  private final String text;

  DemoProfile(String word, String text) {
    this.word = word;
    this.text = text;
  }

  /// As it is written on the command line.
  @Override
  public String toString() {
    return word;
  }

  /// Writes the settings of a home that has none.
  ///
  /// @throws MillraceException `USAGE` when the home's settings say otherwise
  void settle(Home home) {
    Path file = HomeSettings.file(home);
    if (!Files.exists(file) && !text.isEmpty()) {
      try {
        Files.createDirectories(home.root());
        Files.writeString(file, text);
      } catch (IOException e) {
        throw new MillraceException(
            ErrorCode.FILE,
            "The settings " + file + " cannot be written: " + e.getMessage(),
            "make the home writable, or name another with --home",
            e);
      }
    }
    if (of(HomeSettings.of(home)) != this) {
      throw new MillraceException(
          ErrorCode.USAGE,
          file + " says otherwise than the profile " + word,
          "leave --profile out, or name another home with --home");
    }
  }

  private static DemoProfile of(HomeSettings settings) {
    return settings.lake() instanceof LakeSettings.S3
            && settings.warehouse() instanceof WarehouseSettings.Redshift
        ? LOCAL_AWS
        : LAPTOP;
  }
}
