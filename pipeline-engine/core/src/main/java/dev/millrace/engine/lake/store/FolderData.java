package dev.millrace.engine.lake.store;

import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/// Data files in a folder: written where they stay, read where they lie.
public final class FolderData implements DataPlace {

  @Override
  public Optional<Unfit> secure(Path folder, Collection<LakeFile> files) throws IOException {
    Set<Path> folders = new LinkedHashSet<>();
    for (LakeFile file : files) {
      if (!Files.isRegularFile(file.path())) {
        return Optional.of(new Unfit(file, "is missing"));
      }
      long bytes = Files.size(file.path());
      if (bytes != file.bytes()) {
        return Optional.of(new Unfit(file, "has " + bytes + " bytes and not " + file.bytes()));
      }
      DurableFiles.force(file.path());
      for (Path at = file.path().getParent();
          at != null && at.startsWith(folder);
          at = at.getParent()) {
        folders.add(at);
      }
    }
    for (Path each : folders) {
      DurableFiles.forceFolder(each);
    }
    return Optional.empty();
  }

  @Override
  public void landed(Collection<LakeFile> files) {}

  @Override
  public void forget(Collection<Path> files) {}

  @Override
  public Hold hold(Collection<LakeFile> files) {
    return LakeFiles.inPlace().hold(files);
  }
}
