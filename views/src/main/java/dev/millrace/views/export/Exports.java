package dev.millrace.views.export;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.views.charts.ThemedCanvas;
import dev.millrace.views.desk.OpenFile;
import dev.millrace.views.desk.TaskExecutor;
import dev.millrace.views.desk.Toast;
import dev.millrace.views.desk.UiThread;
import dev.millrace.views.theme.Tone;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javafx.scene.image.PixelFormat;
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

  /// @param name of the file, without its ending
  public void png(ThemedCanvas chart, String name) {
    WritableImage shot = chart.image(SCALE);
    save(name + ".png", "PNG picture", out -> ImageIO.write(pixels(shot), "png", out));
  }

  /// @param name of the file, without its ending
  /// @param title for those who do not see it
  public void svg(ThemedCanvas chart, String name, String title) {
    String text = chart.svg(title);
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

  private static BufferedImage pixels(WritableImage shot) {
    int wide = (int) shot.getWidth();
    int tall = (int) shot.getHeight();
    int[] argb = new int[wide * tall];
    shot.getPixelReader()
        .getPixels(0, 0, wide, tall, PixelFormat.getIntArgbInstance(), argb, 0, wide);
    BufferedImage image = new BufferedImage(wide, tall, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, wide, tall, argb, 0, wide);
    return image;
  }
}
