package dev.millrace.views.lake;

import dev.millrace.engine.api.Answer;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.TableName;
import dev.millrace.views.controls.Columns;
import dev.millrace.views.controls.Copies;
import dev.millrace.views.controls.WidthsByRoom;
import dev.millrace.views.shell.DialogService;
import dev.millrace.views.text.Figures;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javafx.collections.FXCollections;
import javafx.collections.transformation.SortedList;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/// Columns, versions, files and some rows of the chosen table, one of them at a time.
final class TablePane extends StackPane {

  /// A column with what the files' statistics say of it.
  private static final Pattern BEYOND_ALL =
      Pattern.compile("[\\p{Cn}\\p{Co}\\p{Cs}\\uFFFD\\x7F]+$");

  private record ColumnRow(Column column, Answer.ColumnFacts facts, String role, double nulls) {}

  private final LakeViewModel model;
  private final DialogService dialogs;
  private final TableView<ColumnRow> schema = new TableView<>();
  private final TableView<Answer.Version> history = new TableView<>();
  private final VersionBars versions = new VersionBars();
  private final TableView<Answer.DataFile> files = new TableView<>();
  private final FileSizes sizes = new FileSizes();
  private final Label filesWords = new Label();
  private final ResultGrid rows = new ResultGrid();
  private final Button look = new Button("Look at its rows", new FontIcon("mdi2e-eye-outline"));
  private final Button restore = new Button("Restore …", new FontIcon("mdi2r-restore"));
  private final Label versionWords = new Label();
  private final VBox historyPage;
  private final VBox filesPage;

  TablePane(LakeViewModel model, DialogService dialogs) {
    this.model = model;
    this.dialogs = dialogs;
    dressSchema();
    dressHistory();
    dressFiles();
    rows.setId("table-rows");
    rows.setAccessibleText("First rows");
    versionWords.getStyleClass().add("page-subtitle");
    HBox acts = new HBox(8, versionWords, gap(), look, restore);
    acts.setAlignment(Pos.CENTER_LEFT);
    VBox.setVgrow(history, Priority.ALWAYS);
    historyPage = new VBox(8, versions, acts, history);
    filesWords.getStyleClass().add("page-subtitle");
    VBox.setVgrow(files, Priority.ALWAYS);
    filesPage = new VBox(8, sizes, filesWords, files);
    setMinHeight(0);
    model.about().addListener((_, _, now) -> show(now));
    model.rows().addListener((_, _, _) -> turn());
    model.tab().addListener((_, _, _) -> turn());
    show(model.about().get());
  }

  private void dressSchema() {
    schema.setId("schema");
    schema.setAccessibleText("Columns");
    schema.setFixedCellSize(27);
    TableColumn<ColumnRow, String> name = Columns.words("Column", 190, r -> r.column().name());
    TableColumn<ColumnRow, String> type =
        Columns.words("Type", 84, r -> r.column().type().sqlName());
    TableColumn<ColumnRow, String> needed =
        Columns.words("Value", 76, r -> r.column().nullable() ? "optional" : "required");
    TableColumn<ColumnRow, String> role = Columns.words("Role", 78, ColumnRow::role);
    TableColumn<ColumnRow, Double> nulls =
        Columns.figures("No value", 78, ColumnRow::nulls, TablePane::share);
    TableColumn<ColumnRow, String> least =
        Columns.words("Smallest", 230, r -> r.facts().least().orElse(""));
    TableColumn<ColumnRow, String> greatest =
        Columns.words(
            "Greatest", 230, r -> r.facts().greatest().map(TablePane::readable).orElse(""));
    schema.getColumns().setAll(List.of(name, type, needed, role, nulls, least, greatest));
    WidthsByRoom.of(schema);
    Copies.rows(schema, r -> r.column().name() + "\t" + r.column().type().sqlName());
  }

  private static String share(double nulls) {
    return nulls < 0
        ? "–"
        : nulls == 0
            ? "none"
            : nulls < 0.001 ? "< 0.1 %" : String.format(Locale.ENGLISH, "%.1f %%", nulls * 100);
  }

  private void dressHistory() {
    history.setId("history");
    history.setAccessibleText("Versions");
    history.setFixedCellSize(27);
    WidthsByRoom.of(history);
    history
        .getColumns()
        .setAll(
            List.of(
                Columns.figures("Version", 80, Answer.Version::version, Figures::count),
                Columns.told(
                    "Committed",
                    140,
                    Answer.Version::at,
                    at -> model.clock().second(at, model.now())),
                Columns.words("Operation", 130, Answer.Version::operation),
                effect("Rows +", 100, Answer.Effect::rowsAdded),
                effect("Rows −", 100, Answer.Effect::rowsRemoved),
                effect("Files +", 80, Answer.Effect::filesAdded),
                effect("Files −", 80, Answer.Effect::filesRemoved),
                Columns.words("By", 130, Answer.Version::engine)));
    history
        .getSelectionModel()
        .selectedItemProperty()
        .addListener((_, _, version) -> choose(version));
    look.getStyleClass().add("small");
    look.setId("version-look");
    look.setOnAction(_ -> version().ifPresent(v -> model.queryVersion(v.version())));
    restore.getStyleClass().add("small");
    restore.setId("version-restore");
    restore.setOnAction(
        _ ->
            version()
                .ifPresent(
                    v -> {
                      TableName table = model.chosen().get();
                      if (table != null) {
                        CareSheet.open(model, CareChoice.restore(table, v.version()), dialogs);
                      }
                    }));
    choose(null);
  }

  private Optional<Answer.Version> version() {
    return Optional.ofNullable(history.getSelectionModel().getSelectedItem());
  }

  private void choose(Answer.@Nullable Version version) {
    boolean newest =
        version != null
            && model.about().get().filter(a -> a.version() == version.version()).isPresent();
    look.setDisable(version == null);
    restore.setDisable(version == null || newest);
    versionWords.setText(
        version == null
            ? "Choose a version to look at its rows or to go back to it."
            : "Version "
                + Figures.count(version.version())
                + (newest ? ", the newest" : "")
                + " · "
                + model.clock().second(version.at(), model.now()));
    versions.show(
        model.about().get().map(Answer.AboutTable::history).orElse(List.of()),
        version == null ? -1 : version.version());
  }

  private static TableColumn<Answer.Version, Long> effect(
      String title, double width, java.util.function.ToLongFunction<Answer.Effect> of) {
    return Columns.figures(
        title,
        width,
        v -> v.effect().map(of::applyAsLong).orElse(-1L),
        n -> n < 0 ? "–" : n == 0 ? "0" : Figures.count(n));
  }

  private void dressFiles() {
    files.setId("files");
    files.setAccessibleText("Files");
    files.setFixedCellSize(27);
    WidthsByRoom.of(files);
    files
        .getColumns()
        .setAll(
            List.of(
                Columns.words(
                    "Partition", 110, f -> f.partition().map(Object::toString).orElse("–")),
                Columns.figures("Rows", 110, Answer.DataFile::rows, Figures::count),
                Columns.figures("Size", 100, Answer.DataFile::bytes, Figures::bytes),
                Columns.words("File", 420, Answer.DataFile::name)));
    Copies.rows(files, Answer.DataFile::name);
  }

  private void show(Optional<Answer.AboutTable> about) {
    about.ifPresent(
        table -> {
          long all = Math.max(1, table.files().stream().mapToLong(Answer.DataFile::rows).sum());
          schema
              .getItems()
              .setAll(table.schema().columns().stream().map(c -> row(c, table, all)).toList());
          long kept = version().map(Answer.Version::version).orElse(-1L);
          history.getItems().setAll(table.history());
          table.history().stream()
              .filter(v -> v.version() == kept)
              .findFirst()
              .ifPresent(v -> history.getSelectionModel().select(v));
          choose(version().orElse(null));
          SortedList<Answer.DataFile> sorted =
              new SortedList<>(FXCollections.observableList(table.files()));
          sorted.comparatorProperty().bind(files.comparatorProperty());
          files.setItems(sorted);
          sizes.show(table.sizes());
          filesWords.setText(words(table));
        });
    turn();
  }

  private static ColumnRow row(Column column, Answer.AboutTable table, long rows) {
    Answer.ColumnFacts facts =
        table
            .columns()
            .getOrDefault(
                column.name(), new Answer.ColumnFacts(Optional.empty(), Optional.empty(), -1));
    String role =
        table.key().contains(column.name())
            ? "key"
            : table.partition().filter(column.name()::equals).isPresent() ? "partition" : "";
    return new ColumnRow(
        column, facts, role, facts.nulls() < 0 ? -1 : Math.min(1, (double) facts.nulls() / rows));
  }

  private static String words(Answer.AboutTable table) {
    long small = FileSizes.small(table.sizes());
    int all = table.sizes().size();
    String shown =
        table.files().size() < all
            ? "the largest " + Figures.count(table.files().size()) + " below"
            : "";
    return Figures.counted(all, "file")
        + (small > 1
            ? ", " + Figures.count(small) + " of them below 8 MiB: “Optimize” merges such"
            : ", none of them small")
        + (shown.isEmpty() ? "." : "; " + shown + ".");
  }

  private void turn() {
    Node page =
        switch (model.tab().get()) {
          case HISTORY -> historyPage;
          case FILES -> filesPage;
          case ROWS -> rowsPage();
          case SCHEMA, SQL -> schema;
          case null -> schema;
        };
    boolean wait = model.about().get().isEmpty() && page != rows;
    getChildren().setAll(wait ? wheel() : page);
  }

  private Node rowsPage() {
    return switch (model.rows().get()) {
      case SqlResult.Rows(Answer.Rows found) -> {
        rows.show(found);
        yield rows;
      }
      case SqlResult.Faulty faulty -> {
        Label words = new Label(faulty.what() + ". " + faulty.remedy() + ".");
        words.setWrapText(true);
        words.getStyleClass().add("empty-text");
        yield words;
      }
      case SqlResult.Nothing _, SqlResult.Reading _, SqlResult.Plan _, SqlResult.Stopped _ ->
          wheel();
    };
  }

  private static Node wheel() {
    ProgressIndicator wheel = new ProgressIndicator();
    wheel.setMaxSize(34, 34);
    return wheel;
  }

  private static Region gap() {
    Region gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    return gap;
  }

  /// A long text is kept cut off, with a sign at its end that is greater than any.
  private static String readable(String greatest) {
    return BEYOND_ALL.matcher(greatest).replaceFirst("…");
  }
}
