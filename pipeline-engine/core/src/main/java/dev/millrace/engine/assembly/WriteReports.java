package dev.millrace.engine.assembly;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.quality.pdf.ReportPdf;
import dev.millrace.engine.quality.report.QualityReport;
import dev.millrace.engine.quality.report.ReportCsv;
import dev.millrace.engine.quality.report.ReportFonts;
import dev.millrace.engine.quality.report.ReportFormat;
import dev.millrace.engine.quality.report.ReportHtml;
import dev.millrace.engine.quality.report.ReportJson;
import dev.millrace.engine.quality.report.ReportWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Writes reports to files. Any thread may call.
public final class WriteReports {

  private WriteReports() {}

  /// What lays a report out in a format.
  public static ReportWriter writer(ReportFormat format) {
    return switch (format) {
      case PDF -> new ReportPdf(ReportFonts.bundled());
      case HTML -> new ReportHtml(ReportFonts.bundled());
      case CSV -> new ReportCsv();
      case JSON -> new ReportJson();
    };
  }

  /// Writes whole or not at all, in the place of a file that is there.
  ///
  /// @return bytes written
  /// @throws MillraceException `FILE` when it cannot be written
  static long to(QualityReport report, ReportFormat format, Path to) {
    byte[] bytes = writer(format).write(report);
    Path target = to.toAbsolutePath();
    try {
      Path folder = target.getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Path part = target.resolveSibling("." + target.getFileName() + ".part");
      Files.write(part, bytes);
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
      return bytes.length;
    } catch (IOException e) {
      throw new MillraceException(
          ErrorCode.FILE,
          "The report cannot be written to " + to + ": " + e.getMessage(),
          "choose a file in a folder with write access",
          e);
    }
  }
}
