package dev.millrace.views;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.views.sample.Pictures;
import dev.millrace.views.sample.SampleEngine.Case;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testfx.api.FxToolkit;

/// Writes every room in every case to `target/pictures`, to be looked at.
class RoomPicturesIT {

  private static final Path FOLDER = Path.of("target", "pictures");

  @ParameterizedTest
  @EnumSource(Case.class)
  void everyRoomIsDrawn(Case now) throws IOException, TimeoutException {
    // The robot of the other tests in this JVM needs a toolkit that TestFX started.
    FxToolkit.registerPrimaryStage();
    HeadlessToolkit.start();
    List<Path> written = Pictures.write(FOLDER, now);
    assertThat(written).hasSizeGreaterThanOrEqualTo(4);
    for (Path file : written) {
      BufferedImage image = ImageIO.read(file.toFile());
      assertThat(image.getWidth() + "x" + image.getHeight()).isIn("1280x800", "1920x1080");
      // The rail alone has some twenty colours; a room that draws nothing has no more.
      assertThat(colours(image)).as("%s", file).isGreaterThan(now == Case.LOADING ? 20 : 60);
    }
  }

  @Test
  void aPlainMainDrawsWithoutADisplay(@TempDir Path folder)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Pictures.class.getName(),
            folder.toString(),
            Case.EMPTY.name());
    builder.environment().remove("DISPLAY");
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("output").toFile());
    Process process = builder.start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(folder.resolve("output"))).isZero();
    assertThat(folder.resolve("overview-empty-dark-1280.png")).isNotEmptyFile();
  }

  private static int colours(BufferedImage image) {
    Set<Integer> colours = new HashSet<>();
    for (int y = 0; y < image.getHeight(); y += 2) {
      for (int x = 0; x < image.getWidth(); x += 2) {
        colours.add(image.getRGB(x, y));
      }
    }
    return colours.size();
  }
}
