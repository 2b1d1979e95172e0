package dev.millrace.engine.lake.delta;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.StoredFile;
import dev.millrace.engine.lake.TableStorage;
import dev.millrace.engine.lake.store.StoreFaults;
import dev.millrace.engine.lake.store.StoreFileIO;
import dev.millrace.engine.lake.store.Stored;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.model.TableName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The folder of one Delta table. Any thread may call.
record DeltaStorage(TableName name, Path folder, DeltaLog log, LogWriter writer, StoreFileIO files)
    implements TableStorage {

  private static final Pattern ENTRY = Pattern.compile("\\d{20}\\.json");
  private static final Pattern CHECKPOINT = Pattern.compile("(\\d{20})\\.checkpoint\\..*");

  @Override
  public List<StoredFile> dataFiles() {
    return all().stream().filter(file -> !file.path().startsWith(logFolder())).toList();
  }

  @Override
  public List<StoredFile> logFiles() {
    return below(logFolder());
  }

  @Override
  public Map<Path, Instant> removedSince(Instant since) {
    // Paths in the log need no column to be understood.
    FileActions actions = new FileActions(name, folder, new Schema(List.of()), Optional.empty());
    Map<Path, Instant> removed = new HashMap<>();
    try {
      for (long version = log.newest().getVersion(); version >= 0; version--) {
        String entry = files.nameOf(log.entry(version));
        Optional<Stored> stands = files.store().find(entry);
        if (stands.isEmpty()) {
          break;
        }
        List<JsonNode> lines = LogText.read(files.store().read(entry));
        Instant at = committedAt(lines).orElse(stands.get().modified());
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
      throw failed("Reading the log of ", unreadable);
    }
  }

  @Override
  public List<LakeFile> missing(Collection<LakeFile> wanted) {
    if (wanted.isEmpty()) {
      return List.of();
    }
    Set<Path> there = all().stream().map(StoredFile::path).collect(Collectors.toSet());
    return wanted.stream().filter(file -> !there.contains(file.path())).toList();
  }

  @Override
  public byte[] read(StoredFile file, long from, int length) {
    try {
      return files.store().read(files.nameOf(file.path()), from, length);
    } catch (NoSuchFileException _) {
      return new byte[0];
    } catch (IOException unreadable) {
      throw failed("Reading files of ", unreadable);
    }
  }

  @Override
  public void delete(Collection<StoredFile> gone) {
    try {
      for (StoredFile file : gone) {
        files.store().delete(files.nameOf(file.path()));
      }
      writer.data().forget(gone.stream().map(StoredFile::path).toList());
    } catch (IOException refused) {
      throw failed("Deleting files of ", refused);
    }
  }

  @Override
  public LogErasure eraseFromLog(Predicate<String> meant) {
    try {
      int entries = 0;
      for (StoredFile file : logFiles()) {
        if (ENTRY.matcher(file.path().getFileName().toString()).matches() && blank(file, meant)) {
          entries++;
        }
      }
      return new LogErasure(entries, deleteCopies(meant));
    } catch (IOException refused) {
      throw failed("Erasing from the log of ", refused);
    }
  }

  private boolean blank(StoredFile entry, Predicate<String> meant) throws IOException {
    String stored = files.nameOf(entry.path());
    Optional<byte[]> anew = LogText.without(files.store().read(stored), meant);
    if (anew.isPresent()) {
      files.store().put(stored, anew.get());
    }
    return anew.isPresent();
  }

  /// Replaces the checkpoints by a new one, and lets go of what else repeats the entries.
  private int deleteCopies(Predicate<String> meant) throws IOException {
    long newest = writer.checkpointNow();
    List<StoredFile> deleted = new ArrayList<>();
    for (StoredFile file : logFiles()) {
      String text = file.path().getFileName().toString();
      Matcher checkpoint = CHECKPOINT.matcher(text);
      boolean old = checkpoint.matches() && Long.parseLong(checkpoint.group(1)) < newest;
      boolean copy =
          (text.endsWith(".crc") || text.endsWith(".compacted.json") || text.endsWith(".tmp"))
              && meant.test(
                  new String(
                      files.store().read(files.nameOf(file.path())), StandardCharsets.UTF_8));
      if (old || copy) {
        deleted.add(file);
      }
    }
    delete(deleted);
    return deleted.size();
  }

  private Path logFolder() {
    return folder.resolve(DeltaLog.FOLDER);
  }

  private static Optional<Instant> committedAt(List<JsonNode> lines) {
    return lines.stream()
        .map(line -> line.path("commitInfo").path("timestamp"))
        .filter(JsonNode::isNumber)
        .map(timestamp -> Instant.ofEpochMilli(timestamp.asLong()))
        .findFirst();
  }

  private List<StoredFile> all() {
    return below(folder);
  }

  private List<StoredFile> below(Path top) {
    String stored = files.nameOf(top);
    try {
      return Stream.concat(
              files.store().walk(stored).stream(), files.store().unfinished(stored).stream())
          .map(
              file ->
                  new StoredFile(
                      top.resolve(file.name().substring(stored.length() + 1)),
                      file.bytes(),
                      file.modified()))
          .toList();
    } catch (IOException unreadable) {
      throw failed("Listing the files of ", unreadable);
    }
  }

  private MillraceException failed(String doing, IOException cause) {
    return StoreFaults.of(doing + name, files.placeOf(folder), cause);
  }
}
