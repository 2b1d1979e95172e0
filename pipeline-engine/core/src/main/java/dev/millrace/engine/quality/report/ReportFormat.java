package dev.millrace.engine.quality.report;

import java.util.Locale;
import java.util.Optional;

/// Form in which a report is written.
public enum ReportFormat {
  PDF,
  HTML,
  CSV,
  JSON;

  /// The format that a name or a file's ending names, upper or lower case.
  public static Optional<ReportFormat> named(String text) {
    String wanted = text.substring(text.lastIndexOf('.') + 1).toUpperCase(Locale.ROOT);
    for (ReportFormat format : values()) {
      if (format.name().equals(wanted)) {
        return Optional.of(format);
      }
    }
    return wanted.equals("HTM") ? Optional.of(HTML) : Optional.empty();
  }
}
