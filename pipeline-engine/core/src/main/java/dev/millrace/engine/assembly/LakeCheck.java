package dev.millrace.engine.assembly;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.store.Store;
import dev.millrace.engine.lake.store.StoreFaults;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.model.S3Endpoint;
import dev.millrace.engine.settings.HomeSettings;
import dev.millrace.engine.settings.LakeSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Which lake a home has set, and whether it can be reached now.
///
/// @param place for a person; empty when the settings have faults
/// @param obstacle what is in the way and what to do; empty when nothing is
public record LakeCheck(String place, Optional<Obstacle> obstacle) {

  public record Obstacle(String what, String remedy) {}

  /// Looks, asking a server once.
  ///
  /// @param embedded the home's own S3, if it runs
  public static LakeCheck of(Home home, Optional<S3Endpoint> embedded) {
    LakeSettings settings;
    try {
      settings = HomeSettings.of(home).lake();
    } catch (MillraceException faults) {
      return new LakeCheck("", Optional.of(new Obstacle(faults.what(), faults.remedy())));
    }
    return switch (settings) {
      case LakeSettings.Folder folder -> folder(folder);
      case LakeSettings.S3 s3 -> s3(home, s3, embedded);
    };
  }

  private static LakeCheck folder(LakeSettings.Folder folder) {
    Path there = folder.folder();
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    return new LakeCheck(
        folder.place(),
        Files.isDirectory(there) && Files.isWritable(there)
            ? Optional.empty()
            : Optional.of(
                new Obstacle(
                    there + " cannot be written", "give yourself write access to it, or mend"
                        + " lake.location in settings.yaml")));
  }

  private static LakeCheck s3(Home home, LakeSettings.S3 s3, Optional<S3Endpoint> embedded) {
    if (s3.server() instanceof LakeSettings.Server.Embedded && embedded.isEmpty()) {
      return new LakeCheck(s3.place() + ", in the home's own S3, not running", Optional.empty());
    }
    LakeSettings.S3 once =
        new LakeSettings.S3(
            s3.bucket(),
            s3.prefix(),
            s3.region(),
            s3.server(),
            s3.pathStyle(),
            s3.encryption(),
            s3.storageClass(),
            s3.partBytes(),
            s3.cacheBytes(),
            1,
            s3.timeout());
    try (Store store = RemoteLakes.store(once, embedded, home.lakeCache())) {
      int pipelines = store.folders("").size();
      return new LakeCheck(
          "%s answers, %d pipelines in it".formatted(s3.place(), pipelines), Optional.empty());
    } catch (IOException refused) {
      MillraceException told = StoreFaults.of("Asking " + s3.place(), s3.place(), refused);
      return new LakeCheck(s3.place(), Optional.of(new Obstacle(told.what(), told.remedy())));
    }
  }
}
