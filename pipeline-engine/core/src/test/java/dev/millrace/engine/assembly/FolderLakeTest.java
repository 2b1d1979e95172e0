package dev.millrace.engine.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.lake.LakeListener;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.model.TableName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A lake in a folder, seen from a process of its own.
final class FolderLakeTest {

  @TempDir private Path home;

  @Test
  void nothingOfS3IsLoaded() throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:stdout",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                home.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(child.waitFor()).as(said).isZero();
    assertThat(said).contains("dev.millrace.engine.lake.delta.DeltaTable");
    assertThat(said).doesNotContain("software.amazon").doesNotContain("lake.store.s3");
  }

  /// Opens a table of the home as the engine does.
  static final class Child {

    private Child() {}

    public static void main(String[] args) {
      Home home = new Home(Path.of(args[0]));
      try (Lakes lakes =
          Lakes.open(home, Optional.empty(), InstantSource.system(), _ -> LakeListener.NONE)) {
        var _ =
            lakes
                .of("p")
                .open(
                    TableName.bronze("t"),
                    Schema.of(Column.required("id", ColumnType.BIGINT)),
                    Optional.empty());
        System.exit(lakes.has("p") ? 0 : 1);
      }
    }
  }
}
