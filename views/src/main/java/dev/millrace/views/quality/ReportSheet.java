package dev.millrace.views.quality;

import dev.millrace.engine.quality.quarantine.KeptCount;
import dev.millrace.engine.quality.quarantine.KeptState;
import dev.millrace.engine.quality.report.QualityReport;
import dev.millrace.engine.quality.report.QualityReport.TableReport;
import dev.millrace.engine.quality.report.ReportFormat;
import dev.millrace.engine.quality.report.ReportSubject;
import dev.millrace.engine.quality.report.Wording;
import dev.millrace.views.controls.Segments;
import dev.millrace.views.controls.WholeText;
import dev.millrace.views.shell.DialogService;
import dev.millrace.views.text.Figures;
import dev.millrace.views.theme.Tone;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// What a report would say, gathered by the engine, before it is written to a file.
final class ReportSheet {

  private static final int WIDTH = 560;
  private static final int MOST_TABLES = 6;

  private final QualityViewModel model;
  private final SimpleBooleanProperty ready = new SimpleBooleanProperty();
  private final VBox told = new VBox(8);
  private ReportSubject subject;

  private ReportSheet(QualityViewModel model, ReportSubject subject) {
    this.model = model;
    this.subject = subject;
  }

  /// Does nothing while there is nothing a report could be about.
  static void open(QualityViewModel model, DialogService dialogs) {
    List<ReportSubject> subjects = model.subjects();
    if (subjects.isEmpty()) {
      return;
    }
    ReportSheet sheet = new ReportSheet(model, subjects.getFirst());
    Segments<ReportSubject> of = new Segments<>(ReportSheet::words);
    of.setId("report-subjects");
    of.choices(subjects);
    of.chosen().set(sheet.subject);
    of.chosen()
        .addListener(
            (_, _, next) -> {
              if (next != null) {
                sheet.subject = next;
                sheet.look();
              }
            });
    Segments<ReportFormat> formats = new Segments<>(ReportFormat::name);
    formats.setId("report-formats");
    formats.choices(List.of(ReportFormat.values()));
    formats.chosen().set(ReportFormat.PDF);
    Region gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    HBox choices = new HBox(10, of, gap, formats);
    choices.setAlignment(Pos.CENTER_LEFT);
    sheet.told.setMinHeight(210);
    VBox content = new VBox(14, choices, sheet.told);
    content.setPrefWidth(WIDTH);
    sheet.look();
    dialogs.confirm(
        "Export a report",
        content,
        "Choose a file …",
        false,
        sheet.ready,
        () -> {
          ReportFormat format =
              Optional.ofNullable(formats.chosen().get()).orElse(ReportFormat.PDF);
          String name =
              "quality-"
                  + sheet.subject.title().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-")
                  + "."
                  + format.name().toLowerCase(Locale.ROOT);
          dialogs
              .saveAs("Export the report", name)
              .ifPresent(to -> model.reports().export(sheet.subject, format, to));
        });
  }

  private static String words(ReportSubject subject) {
    return switch (subject) {
      case ReportSubject.OfTable table -> table.title();
      case ReportSubject.OfRun(long run) -> "Run #" + Figures.count(run);
      case ReportSubject.OfDay day -> "Day " + day.title();
    };
  }

  private void look() {
    ready.set(false);
    ProgressIndicator wheel = new ProgressIndicator();
    wheel.setMaxSize(28, 28);
    Label words = new Label("Gathering what it says …");
    words.getStyleClass().add("page-subtitle");
    HBox wait = new HBox(10, wheel, words);
    wait.setAlignment(Pos.CENTER_LEFT);
    told.getChildren().setAll(wait);
    model.reports().preview(subject, this::show, this::refuse);
  }

  private void refuse(String why) {
    Label words = new Label(why);
    words.setWrapText(true);
    words.setMaxWidth(WIDTH);
    words.getStyleClass().add("result-text");
    VBox box = new VBox(words);
    box.getStyleClass().addAll("result", Tone.BAD.styleClass());
    told.getChildren().setAll(box);
  }

  private void show(QualityReport report) {
    Tone tone = Judgement.tone(report.success(), report.worst());
    Label verdict = new Label(Wording.verdict(report));
    verdict.setId("report-verdict");
    verdict.getStyleClass().add("result-text");
    Label meaning = new Label(Wording.meaning(report));
    meaning.setWrapText(true);
    VBox box = new VBox(3, verdict, meaning);
    box.getStyleClass().addAll("result", tone.styleClass());
    told.getChildren().setAll(box);
    for (TableReport table : report.tables().stream().limit(MOST_TABLES).toList()) {
      told.getChildren().add(line(table));
    }
    if (report.tables().size() > MOST_TABLES) {
      told.getChildren()
          .add(quiet("and " + (report.tables().size() - MOST_TABLES) + " more tables"));
    }
    told.getChildren()
        .add(
            quiet(
                "Then the trend, what failed with examples and the rows' keys, what is in"
                    + " quarantine, what changed, what passed, anomalies by type and place, and where the rows"
                    + " came from."));
    ready.set(true);
  }

  private static Label quiet(String words) {
    Label label = new Label(words);
    label.setWrapText(true);
    label.setMaxWidth(WIDTH);
    label.getStyleClass().add("page-subtitle");
    return label;
  }

  private static Node line(TableReport table) {
    Label name = new Label(table.table().toString());
    name.getStyleClass().add("fact-value");
    name.setMinWidth(160);
    name.setPrefWidth(160);
    WholeText.of(name);
    Label score = new Label(Figures.percent(table.record().percent()));
    score
        .getStyleClass()
        .addAll(
            "score", Judgement.tone(table.record().success(), table.record().worst()).styleClass());
    score.setMinWidth(62);
    long open =
        table.kept().stream()
            .filter(h -> h.state() == KeptState.OPEN)
            .mapToLong(KeptCount::rows)
            .sum();
    Label facts =
        new Label(
            "%,d of %,d met".formatted(table.record().passed(), table.record().total())
                + (open > 0 ? " · " + Figures.counted(open, "row") + " open in quarantine" : "")
                + " · "
                + Wording.trend(table.history()));
    facts.getStyleClass().add("page-subtitle");
    facts.setMinWidth(0);
    WholeText.of(facts);
    HBox line = new HBox(10, name, score, facts);
    line.setAlignment(Pos.CENTER_LEFT);
    return line;
  }
}
