package dev.millrace.engine.lake.delta;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.StoredFile;
import dev.millrace.engine.lake.TableStorage;
import dev.millrace.engine.lake.store.DurableFiles;
import dev.millrace.engine.lake.store.StoreFaults;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.model.TableName;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// The folder of one Delta table. Any thread may call.
record DeltaStorage(TableName name, Path folder, DeltaLog log, LogWriter writer)
    implements TableStorage {

  private static final Pattern ENTRY = Pattern.compile("\\d{20}\\.json");
  private static final Pattern CHECKPOINT = Pattern.compile("(\\d{20})\\.checkpoint\\..*");

  @Override
  public List<StoredFile> dataFiles() {
    return files(folder, false);
  }

  @Override
  public List<StoredFile> logFiles() {
    return files(logFolder(), true);
  }

  @Override
  public Map<Path, Instant> removedSince(Instant since) {
    // Paths in the log need no column to be understood.
    FileActions actions = new FileActions(name, folder, new Schema(List.of()), Optional.empty());
    Map<Path, Instant> removed = new HashMap<>();
    try {
      for (long version = log.newest().getVersion(); version >= 0; version--) {
        Path entry = log.entry(version);
        List<JsonNode> lines = Files.exists(entry) ? LogText.read(entry) : List.of();
        if (lines.isEmpty()) {
          break;
        }
        Instant at = committedAt(entry, lines);
        if (at.isBefore(since)) {
          break;
        }
        for (JsonNode line : lines) {
          String path = line.path("remove").path("path").asText();
          if (!path.isEmpty()) {
            removed.putIfAbsent(actions.file(path), at);
          }
        }
      }
      return removed;
    } catch (IOException unreadable) {
      throw StoreFaults.of("Reading the log of " + name, folder, unreadable);
    }
  }

  @Override
  public boolean exists(LakeFile file) {
    return Files.isRegularFile(file.path());
  }

  @Override
  public void delete(Collection<StoredFile> files) {
    try {
      for (StoredFile file : files) {
        Files.deleteIfExists(file.path());
      }
    } catch (IOException refused) {
      throw StoreFaults.of("Deleting files of " + name, folder, refused);
    }
  }

  @Override
  public LogErasure eraseFromLog(Predicate<String> meant) {
    try {
      int entries = 0;
      for (StoredFile file : logFiles()) {
        if (ENTRY.matcher(file.path().getFileName().toString()).matches()
            && LogText.rewrite(file.path(), meant)) {
          entries++;
        }
      }
      return new LogErasure(entries, deleteCopies(meant));
    } catch (IOException refused) {
      throw StoreFaults.of("Erasing from the log of " + name, folder, refused);
    }
  }

  /// Replaces the checkpoints by a new one, and lets go of what else repeats the entries.
  private int deleteCopies(Predicate<String> meant) throws IOException {
    long newest = writer.checkpointNow();
    int deleted = 0;
    for (StoredFile file : logFiles()) {
      String text = file.path().getFileName().toString();
      var checkpoint = CHECKPOINT.matcher(text);
      boolean old = checkpoint.matches() && Long.parseLong(checkpoint.group(1)) < newest;
      boolean copy =
          (text.endsWith(".crc") || text.endsWith(".compacted.json"))
              && meant.test(Files.readString(file.path()));
      if (old || copy) {
        Files.deleteIfExists(file.path());
        deleted++;
      }
    }
    DurableFiles.forceFolder(logFolder());
    return deleted;
  }

  private Path logFolder() {
    return DurableFiles.folderOf(log.entry(0));
  }

  private Instant committedAt(Path entry, List<JsonNode> lines) throws IOException {
    for (JsonNode line : lines) {
      JsonNode timestamp = line.path("commitInfo").path("timestamp");
      if (timestamp.isNumber()) {
        return Instant.ofEpochMilli(timestamp.asLong());
      }
    }
    return Files.getLastModifiedTime(entry).toInstant();
  }

  private List<StoredFile> files(Path root, boolean ofLog) {
    List<StoredFile> found = new ArrayList<>();
    Path hidden = logFolder();
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) {
              return !ofLog && each.equals(hidden)
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              found.add(
                  new StoredFile(
                      file, attributes.size(), attributes.lastModifiedTime().toInstant()));
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure)
                throws IOException {
              if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
              }
              throw failure;
            }
          });
      return found;
    } catch (IOException unreadable) {
      throw StoreFaults.of("Listing the files of " + name, folder, unreadable);
    }
  }
}
