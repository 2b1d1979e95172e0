package dev.millrace.engine.lake.delta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.lake.LakeFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Versions that share a store, beside maps of their own.
class LiveFilesTest {

  private static final long SEED = Long.getLong("live.files.seed", System.nanoTime());

  private record Version(LiveFiles files, Map<String, LakeFile> model) {}

  @Test
  void everyVersionKeepsItsOwnWhateverComesAfterIt() {
    SplittableRandom random = new SplittableRandom(SEED);
    List<Version> versions = new ArrayList<>();
    versions.add(new Version(LiveFiles.of(Map.of()), Map.of()));
    for (int step = 0; step < 2_000; step++) {
      // Mostly the newest goes on, sometimes an older one, as after a failed reading.
      int from = random.nextInt(10) == 0 ? random.nextInt(versions.size()) : versions.size() - 1;
      versions.add(next(versions.get(from), step, random));
      if (versions.size() > 50) {
        versions.removeFirst();
      }
    }
    assertThat(versions)
        .as("seed %d", SEED)
        .allSatisfy(
            version -> {
              assertThat(version.files()).isEqualTo(version.model());
              assertThat(version.files().keySet())
                  .containsExactlyElementsOf(version.model().keySet());
              assertThat(version.files().list())
                  .containsExactlyElementsOf(version.model().values());
              assertThat(version.model().keySet()).allMatch(version.files()::containsKey);
            });
  }

  @Test
  void whatComesLaterIsNotSeen() {
    LiveFiles first = LiveFiles.of(Map.of("a", file("a", 1)));
    LiveFiles second = first.next(Map.of("b", file("b", 2)), List.of());
    LiveFiles other = first.next(Map.of("c", file("c", 3)), List.of());
    assertThat(first.get("b")).isNull();
    assertThat(second.containsKey("c")).isFalse();
    assertThat(other.containsKey("b")).isFalse();
    assertThat(other.get("c")).isEqualTo(file("c", 3));
  }

  private static Version next(Version from, int step, SplittableRandom random) {
    Map<String, LakeFile> added = new LinkedHashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      String path = random.nextInt(20) == 0 ? "f" + random.nextInt(step + 1) : "f" + step + "." + i;
      added.put(path, file(path, step));
    }
    List<String> removed = new ArrayList<>();
    if (random.nextInt(8) == 0) {
      from.model().keySet().stream().filter(_ -> random.nextInt(3) == 0).forEach(removed::add);
    }
    Map<String, LakeFile> model = new LinkedHashMap<>(from.model());
    removed.forEach(model::remove);
    model.putAll(added);
    return new Version(from.files().next(added, removed), model);
  }

  private static LakeFile file(String path, long rows) {
    return new LakeFile(Path.of(path), rows, rows, Optional.empty(), Map.of());
  }
}
