package dev.millrace.views.export;

import dev.millrace.views.charts.Heading;
import dev.millrace.views.charts.ThemedCanvas;
import dev.millrace.views.controls.Hint;
import java.util.List;
import java.util.function.Supplier;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import org.kordamp.ikonli.javafx.FontIcon;

/// Offers a chart as PNG and SVG, and what it shows as CSV and Parquet.
public final class ExportMenu extends MenuButton {

  /// What can be exported now.
  ///
  /// @param charts below one another on the screen; empty when there is none
  /// @param name of the files, without ending
  /// @param heading of the picture
  /// @param part which rows the table has, where it has not all; otherwise empty
  public record Subject(
      List<ThemedCanvas> charts,
      String name,
      Heading heading,
      Supplier<ExportTable> table,
      String part) {

    public Subject(
        List<ThemedCanvas> charts, String name, Heading heading, Supplier<ExportTable> table) {
      this(charts, name, heading, table, "");
    }
  }

  public ExportMenu(Exports exports, Supplier<Subject> subject) {
    super("Export", new FontIcon("mdi2t-tray-arrow-down"));
    getStyleClass().addAll("export-menu", "flat");
    Hint.on(this, "Export as PNG, SVG, CSV or Parquet");
    setMinWidth(USE_PREF_SIZE);
    MenuItem png = new MenuItem("Picture, PNG");
    png.setId("export-png");
    png.setOnAction(
        _ -> {
          Subject now = subject.get();
          if (!now.charts().isEmpty()) {
            exports.png(now.charts(), now.name(), now.heading());
          }
        });
    MenuItem svg = new MenuItem("Picture, SVG");
    svg.setId("export-svg");
    svg.setOnAction(
        _ -> {
          Subject now = subject.get();
          if (!now.charts().isEmpty()) {
            exports.svg(now.charts(), now.name(), now.heading());
          }
        });
    MenuItem csv = new MenuItem("Table, CSV");
    csv.setId("export-csv");
    csv.setOnAction(_ -> exports.csv(subject.get().table().get(), subject.get().name()));
    MenuItem parquet = new MenuItem("Table, Parquet");
    parquet.setId("export-parquet");
    parquet.setOnAction(_ -> exports.parquet(subject.get().table().get(), subject.get().name()));
    setOnShowing(
        _ -> {
          String part = subject.get().part();
          csv.setText("Table, CSV" + (part.isEmpty() ? "" : ": " + part));
          parquet.setText("Table, Parquet" + (part.isEmpty() ? "" : ": " + part));
        });
    getItems().setAll(png, svg, csv, parquet);
  }
}
