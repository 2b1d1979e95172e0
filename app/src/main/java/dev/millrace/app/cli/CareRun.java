package dev.millrace.app.cli;

import dev.millrace.app.session.Interruption;
import dev.millrace.engine.api.Command;
import dev.millrace.engine.api.Outcome;
import dev.millrace.engine.care.CareOrder;
import dev.millrace.engine.care.CareReport;
import dev.millrace.engine.model.Progress;

/// One order for tables: previewed, agreed to, carried out and printed.
///
/// @param pipeline its name
record CareRun(Millrace millrace, String pipeline, ChangeOptions options) {

  /// What needs no agreement, since it changes no rows.
  int atOnce(CareOrder order) {
    try (LakeSession lakes = LakeSession.open(millrace, pipeline)) {
      Progress progress = new ProgressLines(millrace.output());
      return print(
          options.preview()
              ? lakes.care().preview(order, progress)
              : lakes.care().carryOut(order, progress));
    }
  }

  /// Shows what would be done, asks, and does it.
  int agreed(CareOrder order, String question) {
    try (LakeSession lakes = LakeSession.open(millrace, pipeline)) {
      Progress progress = new ProgressLines(millrace.output());
      CareReport preview = lakes.care().preview(order, progress);
      if (options.preview() || preview.nothingToDo() || !agree(preview, question)) {
        return print(preview);
      }
      return print(lakes.care().carryOut(order, progress));
    }
  }

  /// The same through an engine on the home's services, so that copies outside of the lake are
  /// reached.
  ///
  /// @param outside question when the lake has nothing to do, and a copy may still have
  int agreedWithServices(CareOrder order, String question, String outside) {
    try (LakeSession lakes = LakeSession.open(millrace, pipeline)) {
      CareReport preview = lakes.care().preview(order, new ProgressLines(millrace.output()));
      if (options.preview() || !agree(preview, preview.nothingToDo() ? outside : question)) {
        return print(preview);
      }
    }
    try (Session session = Session.open(millrace, pipeline)) {
      return print(
          session
              .perform(new Command.CareForTables(pipeline, order), Outcome.Cared.class)
              .report());
    }
  }

  private boolean agree(CareReport preview, String question) {
    return !Interruption.wished()
        && Consent.given(millrace.output(), options.yes(), CareText.lines(preview), question);
  }

  /// @return 1 when something is left to do
  private int print(CareReport report) {
    millrace.output().result(CareText.object(report), CareText.lines(report));
    return report.complete() ? 0 : 1;
  }
}
