package dev.millrace.views.export;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.views.charts.Heading;
import dev.millrace.views.charts.ThemedCanvas;
import dev.millrace.views.desk.OpenFile;
import dev.millrace.views.desk.TaskExecutor;
import dev.millrace.views.desk.Toast;
import dev.millrace.views.desk.UiThread;
import dev.millrace.views.theme.Tone;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.image.WritableImage;
import javax.imageio.ImageIO;

/// Writes what is on the screen into files. FX thread only; files are written on the executor.
public final class Exports {

  /// Pixels of a PNG for one on the screen, so that it stays sharp in print.
  private static final double SCALE = 2;

  private final SavePlace places;
  private final TaskExecutor executor;
  private final UiThread ui;
  private final Toast.Tray tray;
  private final ParquetWriter parquet;

  /// Writes rows as Parquet and tells the person itself. FX thread only; nothing waits.
  @FunctionalInterface
  public interface ParquetWriter {
    void write(ExportTable table, Path to);
  }

  /// @param parquet the engine's way to write Parquet
  public Exports(
      SavePlace places,
      TaskExecutor executor,
      UiThread ui,
      Toast.Tray tray,
      ParquetWriter parquet) {
    this.places = places;
    this.parquet = parquet;
    this.executor = executor;
    this.ui = ui;
    this.tray = tray;
  }

  @FunctionalInterface
  private interface Writing {
    void to(OutputStream out) throws IOException;
  }

  /// @param charts one below the other, at least one
  /// @param name of the file, without its ending
  public void png(List<ThemedCanvas> charts, String name, Heading heading) {
    List<WritableImage> shots = new ArrayList<>();
    shots.add(charts.getFirst().image(heading, SCALE));
    charts.forEach(chart -> shots.add(chart.image(SCALE)));
    save(
        name + ".png",
        "PNG picture",
        out -> ImageIO.write(ChartStack.pixels(shots, SCALE), "png", out));
  }

  /// @param charts one below the other, at least one
  /// @param name of the file, without its ending
  public void svg(List<ThemedCanvas> charts, String name, Heading heading) {
    String text = ChartStack.svg(charts, heading);
    save(name + ".svg", "SVG picture", out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /// @param name of the file, without its ending
  public void csv(ExportTable table, String name) {
    String text = table.text();
    save(name + ".csv", "CSV table", out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /// @param name of the file, without its ending
  public void parquet(ExportTable table, String name) {
    places.choose(name + ".parquet", "Parquet table").ifPresent(file -> parquet.write(table, file));
  }

  private void save(String name, String what, Writing writing) {
    places
        .choose(name, what)
        .ifPresent(
            file ->
                executor.execute(
                    () -> {
                      Toast toast = write(file, what, writing);
                      ui.run(() -> tray.show(toast));
                    }));
  }

  private Toast write(Path file, String what, Writing writing) {
    try (OutputStream out = Files.newOutputStream(file)) {
      writing.to(out);
    } catch (IOException | UncheckedIOException e) {
      return new Toast(
          Tone.BAD,
          "The " + what + " was not written",
          file + ": " + e.getMessage(),
          "Choose a folder that can be written to");
    }
    return new Toast(Tone.GOOD, "Exported: " + file.getFileName(), file.toString(), "")
        .leading("Open the folder", () -> executor.execute(() -> openFolder(file)));
  }

  private void openFolder(Path file) {
    Toast told;
    try {
      told = OpenFile.folderOf(file);
    } catch (MillraceException e) {
      told = new Toast(Tone.BAD, "The folder was not opened", e.what(), e.remedy());
    }
    Toast toast = told;
    ui.run(() -> tray.show(toast));
  }
}
