package dev.millrace.engine.lake.delta;

import dev.millrace.engine.lake.LakeFile;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Live files of one version by the path the log knows them by, in the order they came.
///
/// Immutable. Versions that follow each other by appends share one store, each seeing its own first
/// part of it, so that an append costs what it adds and not what stands. Any thread may read.
final class LiveFiles extends AbstractMap<String, LakeFile> {

  private static final int LEAST_ROOM = 16;

  /// What the versions share; written under its own lock, and only behind what any of them sees.
  private static final class Store {

    private final Map<String, Integer> places = new ConcurrentHashMap<>();
    private String[] paths;
    private LakeFile[] files;
    private int size;

    Store(int room) {
      paths = new String[Math.max(LEAST_ROOM, room)];
      files = new LakeFile[paths.length];
    }

    void add(String path, LakeFile file) {
      if (size == paths.length) {
        paths = Arrays.copyOf(paths, 2 * size);
        files = Arrays.copyOf(files, 2 * size);
      }
      paths[size] = path;
      files[size] = file;
      places.put(path, size);
      size++;
    }
  }

  private final Store store;
  private final String[] paths;
  private final LakeFile[] files;
  private final int count;

  private LiveFiles(Store store) {
    this.store = store;
    paths = store.paths;
    files = store.files;
    count = store.size;
  }

  static LiveFiles of(Map<String, LakeFile> live) {
    Store store = new Store(live.size());
    live.forEach(store::add);
    return new LiveFiles(store);
  }

  /// These without the removed and with the added ones; an added path that stands is replaced.
  LiveFiles next(Map<String, LakeFile> added, Iterable<String> removed) {
    boolean appends =
        !removed.iterator().hasNext() && added.keySet().stream().noneMatch(this::containsKey);
    if (appends) {
      synchronized (store) {
        // Only the newest of the versions may go on in the same store.
        if (store.size == count) {
          added.forEach(store::add);
          return new LiveFiles(store);
        }
      }
    }
    Map<String, LakeFile> live = new LinkedHashMap<>(this);
    removed.forEach(live::remove);
    live.putAll(added);
    return of(live);
  }

  List<LakeFile> list() {
    return List.copyOf(Arrays.asList(files).subList(0, count));
  }

  @Override
  public int size() {
    return count;
  }

  @Override
  public boolean containsKey(@Nullable Object path) {
    return get(path) != null;
  }

  @Override
  public @Nullable LakeFile get(@Nullable Object path) {
    Integer place = path instanceof String text ? store.places.get(text) : null;
    return place != null && place < count ? files[place] : null;
  }

  @Override
  public Set<Map.Entry<String, LakeFile>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Map.Entry<String, LakeFile>> iterator() {
        return IntStream.range(0, count).mapToObj(i -> Map.entry(paths[i], files[i])).iterator();
      }

      @Override
      public int size() {
        return count;
      }
    };
  }
}
