package dev.millrace.views.quality;

import dev.millrace.engine.api.QualityAnswer;
import dev.millrace.engine.api.QualityOrder;
import dev.millrace.engine.quality.report.QualityReport;
import dev.millrace.engine.quality.report.ReportFormat;
import dev.millrace.engine.quality.report.ReportSubject;
import dev.millrace.views.desk.OpenFile;
import dev.millrace.views.desk.Toast;
import dev.millrace.views.text.Figures;
import dev.millrace.views.theme.Tone;
import java.nio.file.Path;
import java.util.function.Consumer;

/// Reports of the quality room: gathered, looked at before, and written to a file. FX thread only.
final class ReportModel {

  private final Inquiries inquiries;

  ReportModel(Inquiries inquiries) {
    this.inquiries = inquiries;
  }

  /// Gathers what a report would hold.
  void preview(ReportSubject subject, Consumer<QualityReport> told, Consumer<String> refused) {
    gather("preview-report", subject, told, refused);
  }

  /// The same for another purpose; a question of the same purpose that is open is forgotten.
  void gather(
      String purpose,
      ReportSubject subject,
      Consumer<QualityReport> told,
      Consumer<String> refused) {
    inquiries.ask(
        purpose,
        new QualityOrder.MakeReport(subject),
        answer -> {
          if (answer instanceof QualityAnswer.Reported reported) {
            told.accept(reported.report());
          }
        },
        refused);
  }

  /// Writes a report; the toast that tells of it opens the file.
  void export(ReportSubject subject, ReportFormat format, Path to) {
    inquiries.ask(
        "export",
        new QualityOrder.ExportReport(subject, format, to),
        answer -> {
          if (answer instanceof QualityAnswer.Written written) {
            inquiries.desk().say(told(subject, written));
          }
        },
        why ->
            inquiries
                .desk()
                .say(new Toast(Tone.BAD, "Report of " + subject.title() + ": failed", why, "")));
  }

  private Toast told(ReportSubject subject, QualityAnswer.Written written) {
    return new Toast(
            Tone.GOOD,
            "Report of " + subject.title(),
            Figures.bytes(written.bytes()) + " in " + written.to(),
            "")
        .leading(
            "Open it",
            () -> inquiries.desk().aside("Open the report", () -> OpenFile.of(written.to())));
  }
}
