package dev.millrace.engine.lake.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.lake.ClusterFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a killed transform left in the places where a cluster writes.
class ClusterPlacesTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir Path folder;

  @Test
  void placesOfKilledWritersGoAfterADay() throws IOException {
    writtenBefore("killed", Duration.ofHours(25));
    writtenBefore("at-work", Duration.ofHours(23));
    writtenBefore("at-work", Duration.ofDays(2));

    folderLake().removeLeft(NOW);

    assertThat(left()).containsExactly("at-work");
  }

  @Test
  void aStoresToo() throws IOException {
    writtenBefore("killed", Duration.ofHours(25));
    writtenBefore("at-work", Duration.ofHours(23));
    writtenBefore("at-work", Duration.ofDays(2));

    new SharedStore(folder, new FolderStore(folder), "s3://bucket", folder.resolve("taken"))
        .removeLeft(NOW);

    assertThat(folder.resolve("_cluster/killed/_temporary/part-25.parquet")).doesNotExist();
    assertThat(folder.resolve("_cluster/at-work/_temporary/part-23.parquet")).exists();
    assertThat(folder.resolve("_cluster/at-work/_temporary/part-48.parquet")).exists();
  }

  @Test
  void aLakeNoClusterWroteToIsLeftAlone() {
    folderLake().removeLeft(NOW);

    assertThat(folder).isEmptyDirectory();
  }

  private ClusterFiles folderLake() {
    return new SharedFolder(folder, Optional.empty());
  }

  private void writtenBefore(String place, Duration age) throws IOException {
    Path file =
        folder
            .resolve("_cluster")
            .resolve(place)
            .resolve("_temporary")
            .resolve("part-" + age.toHours() + ".parquet");
    Path inside = Files.createDirectories(DurableFiles.folderOf(file));
    Files.writeString(file, "rows");
    for (Path each : List.of(file, inside, DurableFiles.folderOf(inside))) {
      Files.setLastModifiedTime(each, FileTime.from(NOW.minus(age)));
    }
  }

  private List<String> left() throws IOException {
    try (Stream<Path> places = Files.list(folder.resolve("_cluster"))) {
      return places.map(p -> p.getFileName().toString()).toList();
    }
  }
}
