package dev.millrace.views;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.views.theme.Theme;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import javafx.application.Platform;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javax.imageio.ImageIO;

/// Pictures of rooms as PNG files, with or without a display.
public final class RoomPictures {

  private RoomPictures() {}

  /// Draws a room at a size and writes it; returns when the file stands.
  ///
  /// Any thread may call once the toolkit runs. The console keeps the room and the theme; it must
  /// not stand in a window's scene meanwhile.
  ///
  /// @param room name of a room, see [Console#rooms()]
  public static void render(
      Console console, String room, Theme theme, int width, int height, Path file) {
    BufferedImage image = onFxThread(() -> draw(console, room, theme, width, height));
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      ImageIO.write(image, "png", file.toFile());
    } catch (IOException e) {
      throw new MillraceException(
          ErrorCode.FILE,
          "The picture " + file + " cannot be written: " + e.getMessage(),
          "choose a folder that can be written to",
          e);
    }
  }

  private static BufferedImage draw(
      Console console, String room, Theme theme, int width, int height) {
    console.theme(theme);
    console.open(room);
    Parent root = console.root();
    Scene scene = root.getScene();
    if (scene == null || scene.getWindow() == null) {
      scene = new Scene(new javafx.scene.Group(), width, height);
      Scene before = root.getScene();
      if (before != null) {
        before.setRoot(new javafx.scene.Group());
      }
      scene.setRoot(root);
    }
    // Twice, because cells of lists and tables are made in the first layout.
    for (int pass = 0; pass < 2; pass++) {
      console.refresh();
      root.applyCss();
      root.layout();
    }
    WritableImage shot = scene.snapshot(null);
    int wide = (int) shot.getWidth();
    int tall = (int) shot.getHeight();
    int[] pixels = new int[wide * tall];
    shot.getPixelReader()
        .getPixels(0, 0, wide, tall, PixelFormat.getIntArgbInstance(), pixels, 0, wide);
    BufferedImage image = new BufferedImage(wide, tall, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, wide, tall, pixels, 0, wide);
    return image;
  }

  private static BufferedImage onFxThread(Callable<BufferedImage> work) {
    if (!Platform.isFxApplicationThread()) {
      return HeadlessToolkit.call(work);
    }
    try {
      return work.call();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
