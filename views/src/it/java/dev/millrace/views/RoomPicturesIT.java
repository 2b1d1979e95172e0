package dev.millrace.views;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.views.sample.Pictures;
import dev.millrace.views.sample.SampleEngine.Case;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Writes every room in every case to `target/pictures`, to be looked at.
class RoomPicturesIT {

  private static final Path FOLDER = Path.of("target", "pictures");

  @ParameterizedTest
  @EnumSource(Case.class)
  void everyRoomIsDrawn(Case now) throws IOException {
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
