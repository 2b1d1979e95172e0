package dev.millrace.engine.lake.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReadCacheTest {

  private static final int SIZE = 1_000;

  @TempDir private Path folder;
  private final AtomicLong now = new AtomicLong(1_700_000_000_000L);
  private final InstantSource clock = () -> Instant.ofEpochMilli(now.addAndGet(1_000));
  private Path copies;
  private FolderStore store;
  private int links;

  @BeforeEach
  void fill() throws IOException {
    copies = folder.resolve("copies");
    store = new FolderStore(folder.resolve("store"));
    Files.createDirectories(folder.resolve("links"));
    for (int i = 0; i < 10; i++) {
      store.put("t/part-" + i, new byte[SIZE]);
    }
  }

  @Test
  void theLongestUnusedGoFirst() throws Exception {
    ReadCache cache = cache(3 * SIZE + SIZE / 2);
    read(cache, 0);
    read(cache, 1);
    read(cache, 2);
    read(cache, 0);

    read(cache, 3);

    assertThat(kept()).containsExactlyInAnyOrder("part-0", "part-2", "part-3");
    assertThat(cache.bytes()).isEqualTo(3 * SIZE);
    assertThat(cache.fetches()).isEqualTo(4);
    assertThat(cache.hits()).isEqualTo(1);
  }

  @Test
  void whatAReaderHasStaysThough() throws Exception {
    ReadCache cache = cache(SIZE / 2);
    Path first = read(cache, 0);
    Path second = read(cache, 1);

    assertThat(kept()).isEmpty();
    assertThat(first).hasSize(SIZE);
    assertThat(second).hasSize(SIZE);
  }

  @Test
  void anotherProcessesCopiesCountAndServe() throws Exception {
    read(cache(10 * SIZE), 0);
    ReadCache other = cache(2 * SIZE + SIZE / 2);

    read(other, 0);
    read(other, 1);
    read(other, 2);

    assertThat(other.fetches()).isEqualTo(2);
    assertThat(kept()).containsExactlyInAnyOrder("part-1", "part-2");
    assertThat(cache(SIZE + SIZE / 2).bytes()).isEqualTo(SIZE);
  }

  @Test
  void readersOfOneFileFetchItOnce() throws Exception {
    ReadCache cache = cache(10 * SIZE);
    int readers = 8;
    try (ExecutorService pool = Executors.newFixedThreadPool(readers)) {
      CountDownLatch start = new CountDownLatch(readers);
      List<Future<Path>> running = new ArrayList<>();
      for (int i = 0; i < readers; i++) {
        Path link = link();
        running.add(
            pool.submit(
                () -> {
                  start.countDown();
                  start.await();
                  cache.link("t/part-5", SIZE, link);
                  return link;
                }));
      }
      for (Future<Path> each : running) {
        assertThat(each.get()).hasSize(SIZE);
      }
    }
    assertThat(cache.fetches()).isEqualTo(1);
  }

  @Test
  void aFileOfAnotherSizeIsRefusedAndNotKept() throws Exception {
    ReadCache cache = cache(10 * SIZE);

    assertThatThrownBy(() -> cache.link("t/part-1", SIZE + 1, link()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("1000 bytes and not 1001");
    assertThatThrownBy(() -> cache.link("t/none", SIZE, link()))
        .isInstanceOf(NoSuchFileException.class);
    assertThat(kept()).isEmpty();
    assertThat(all(copies)).isEmpty();
  }

  @Test
  void whatAKilledProcessLeftIsRemovedInTime() throws Exception {
    Files.createDirectories(copies.resolve("t"));
    Path draft = Files.write(copies.resolve("t").resolve(".part-1.draft"), new byte[7]);
    Files.setLastModifiedTime(
        draft, FileTime.from(Instant.ofEpochMilli(now.get())));

    assertThat(cache(SIZE).bytes()).isZero();
    assertThat(draft).exists();
    now.addAndGet(7 * 3_600_000L);
    assertThat(cache(SIZE).bytes()).isZero();
    assertThat(draft).doesNotExist();
  }

  @Test
  void aNewFileIsTakenOver() throws Exception {
    ReadCache cache = cache(10 * SIZE);
    Path written = Files.write(folder.resolve("written"), new byte[SIZE]);

    cache.adopt("t/new", written);

    assertThat(written).doesNotExist();
    cache.link("t/new", SIZE, link());
    assertThat(cache.fetches()).isZero();
  }

  @Test
  void aWorkFolderIsItsProcessesAndGoesWithIt() throws Exception {
    Path parent = folder.resolve("work");
    try (WorkFolder one = WorkFolder.open(parent)) {
      Files.writeString(one.path().resolve("mine"), "x");
      Path killed = Files.createDirectories(parent.resolve("killed"));
      Files.writeString(killed.resolve("lock"), "");
      Files.writeString(killed.resolve("left"), "x");
      try (WorkFolder two = WorkFolder.open(parent)) {
        assertThat(one.path().resolve("mine")).exists();
        assertThat(killed).doesNotExist();
        assertThat(two.path()).isNotEqualTo(one.path());
      }
    }
    assertThat(all(parent)).isEmpty();
  }

  private ReadCache cache(long limit) throws IOException {
    return new ReadCache(copies, store, limit, clock);
  }

  private Path read(ReadCache cache, int number) throws IOException {
    Path link = link();
    cache.link("t/part-" + number, SIZE, link);
    return link;
  }

  private Path link() {
    return folder.resolve("links").resolve("link-" + links++);
  }

  private List<String> kept() throws IOException {
    return all(copies).stream().filter(name -> !name.startsWith(".")).toList();
  }

  private static List<String> all(Path top) throws IOException {
    try (Stream<Path> files = Files.walk(top)) {
      return files.filter(Files::isRegularFile).map(f -> f.getFileName().toString()).toList();
    }
  }
}
