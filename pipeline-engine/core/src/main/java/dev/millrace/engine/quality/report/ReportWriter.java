package dev.millrace.engine.quality.report;

/// Lays a report out in one form. Stateless; any thread may call.
public interface ReportWriter {

  /// The file's bytes.
  byte[] write(QualityReport report);
}
