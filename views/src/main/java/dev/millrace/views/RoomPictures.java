package dev.millrace.views;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.views.theme.Theme;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.application.Platform;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javax.imageio.ImageIO;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Pictures of rooms as PNG files, with or without a display.
public final class RoomPictures {

  private static final Logger LOG = LoggerFactory.getLogger(RoomPictures.class);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /// One answer leads to the next question, but not for ever.
  private static final int LOOKS = 3;

  private RoomPictures() {}

  /// Draws a room at a size and writes it; returns when the file stands.
  ///
  /// Any thread may call once the toolkit runs. The console keeps the room and the theme; it must
  /// not stand in a window's scene meanwhile.
  ///
  /// @param room name of a room, see [Console#rooms()]
  public static void render(
      Console console, String room, Theme theme, int width, int height, Path file) {
    onFxThread(() -> open(console, room, theme));
    for (int look = 0; !Platform.isFxApplicationThread() && look < LOOKS; look++) {
      awaitAnswers(console);
      onFxThread(() -> open(console, room, theme));
    }
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

  private static boolean open(Console console, String room, Theme theme) {
    console.theme(theme);
    console.open(room);
    console.refresh();
    return true;
  }

  /// Lets a room hear what it asked the engine; what takes longer is drawn as awaited.
  private static void awaitAnswers(Console console) {
    try {
      HeadlessToolkit.call(console::quiet).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      LOG.warn("A room still waits for the engine; its picture shows it so", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static BufferedImage draw(
      Console console, String room, Theme theme, int width, int height) {
    open(console, room, theme);
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
    // Several times, because cells of lists and tables are made in the first layout, and scrolled
    // content learns its room in the second.
    for (int pass = 0; pass < 3; pass++) {
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

  private static <T> T onFxThread(Callable<T> work) {
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
