package dev.millrace.engine.lake.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every store owes, whichever it is.
public abstract class StoreContractTest {

  private static final List<String> ODD =
      List.of(
          "a b",
          "100% sure",
          "ünï-Ωß",
          "t=x+y&z",
          "what?#1",
          "comma,semi;colon",
          "quote'\"",
          "(paren)[bracket]",
          "tilde~at@",
          "event_date=2026-03-01");

  @TempDir protected Path local;

  /// The store of this test, empty at first.
  protected abstract Store store();

  @Test
  void whatIsPutIsRead() throws Exception {
    store().put("a/b/c.json", bytes("hello"));
    store().put("a/b/c.json", bytes("hello again"));

    assertThat(store().read("a/b/c.json")).asString(UTF_8).isEqualTo("hello again");
    assertThat(store().read("a/b/c.json", 6, 3)).asString(UTF_8).isEqualTo("aga");
    assertThat(store().read("a/b/c.json", 6, 300)).asString(UTF_8).isEqualTo("again");
    assertThat(store().read("a/b/c.json", 11, 5)).isEmpty();
    assertThat(store().read("a/b/c.json", 500, 5)).isEmpty();
    assertThat(store().find("a/b/c.json").orElseThrow().bytes()).isEqualTo(11);
    assertThat(store().find("a/b/c.json").orElseThrow().lastName()).isEqualTo("c.json");
    store().put("a/empty", new byte[0]);
    assertThat(store().read("a/empty")).isEmpty();
  }

  @Test
  void whatIsMissingIsSaidToBe() throws Exception {
    assertThat(store().find("nothing")).isEmpty();
    assertThat(store().delete("nothing")).isFalse();
    assertThat(store().list("no/folder", "")).isEmpty();
    assertThat(store().folders("no/folder")).isEmpty();
    assertThat(store().walk("no/folder")).isEmpty();
    assertThatThrownBy(() -> store().read("nothing")).isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> store().read("nothing", 0, 1))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> store().fetch("nothing", local.resolve("x")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void aListingIsSortedBeginsWhereAskedAndKeepsToItsFolder() throws Exception {
    for (String name : List.of("c", "a", "b", "bb", ".b.tmp", "deeper/d")) {
      store().put("list/" + name, bytes(name));
    }
    store().put("list-not/e", bytes("e"));

    assertThat(store().list("list", ""))
        .extracting(Stored::name)
        .containsExactly("list/a", "list/b", "list/bb", "list/c");
    assertThat(store().list("list", "b"))
        .extracting(Stored::lastName)
        .containsExactly("b", "bb", "c");
    assertThat(store().list("list", "ba")).extracting(Stored::lastName).containsExactly("bb", "c");
    assertThat(store().list("list", "d")).isEmpty();
    assertThat(store().folders("")).containsExactly("list", "list-not");
    assertThat(store().folders("list")).containsExactly("deeper");
    assertThat(store().walk("list"))
        .extracting(Stored::name)
        .containsExactlyInAnyOrder("list/a", "list/b", "list/bb", "list/c", "list/deeper/d");
  }

  @Test
  void aListingOfMoreThanAPageIsWhole() throws Exception {
    int files = 1_105;
    try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
      List<Future<?>> puts = new ArrayList<>();
      for (int i = 0; i < files; i++) {
        String name = "many/%05d".formatted(i);
        puts.add(pool.submit(() -> store().create(name, bytes(name))));
      }
      for (Future<?> put : puts) {
        put.get();
      }
    }

    assertThat(store().list("many", "")).hasSize(files).isSortedAccordingTo(StoreContractTest::byName);
    assertThat(store().list("many", "01090")).hasSize(15);
    assertThat(store().walk("many")).hasSize(files);
  }

  @Test
  void namesMayHoldWhatPathsMayHold() throws Exception {
    for (String name : ODD) {
      assertThat(store().create("odd/" + name + "/" + name, bytes(name))).isTrue();
    }

    for (String name : ODD) {
      assertThat(store().read("odd/" + name + "/" + name)).asString(UTF_8).isEqualTo(name);
      assertThat(store().list("odd/" + name, name)).extracting(Stored::lastName).containsExactly(name);
    }
    assertThat(store().folders("odd")).containsExactlyInAnyOrderElementsOf(ODD);
    for (String name : ODD) {
      assertThat(store().delete("odd/" + name + "/" + name)).isTrue();
    }
    assertThat(store().walk("odd")).isEmpty();
  }

  @Test
  void aNameThatIsTakenStaysItsOwners() throws Exception {
    assertThat(store().create("log/0.json", bytes("first"))).isTrue();
    assertThat(store().create("log/0.json", bytes("second"))).isFalse();
    assertThat(store().read("log/0.json")).asString(UTF_8).isEqualTo("first");

    assertThat(store().delete("log/0.json")).isTrue();
    assertThat(store().create("log/0.json", bytes("third"))).isTrue();
  }

  @Test
  void ofManyWhoCreateAFileOneWins() throws Exception {
    int writers = 16;
    for (int round = 0; round < 12; round++) {
      String name = "race/" + round;
      List<Boolean> won = new ArrayList<>();
      try (ExecutorService pool = Executors.newFixedThreadPool(writers)) {
        CountDownLatch start = new CountDownLatch(writers);
        List<Future<Boolean>> running = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
          byte[] content = bytes("writer " + i + " " + "-".repeat(2_000));
          running.add(
              pool.submit(
                  () -> {
                    start.countDown();
                    start.await();
                    return store().create(name, content);
                  }));
        }
        for (Future<Boolean> each : running) {
          won.add(each.get());
        }
      }
      assertThat(won).filteredOn(w -> w).hasSize(1);
      assertThat(store().read(name))
          .asString(UTF_8)
          .startsWith("writer " + won.indexOf(true) + " ");
    }
  }

  @Test
  void filesOfAnySizeComeBackAsTheyWent() throws Exception {
    Random random = new Random(5);
    for (int size : new int[] {0, 1, 70_000, (5 << 20) + 17, (11 << 20) + 3}) {
      byte[] content = new byte[size];
      random.nextBytes(content);
      String name = "files/size-" + size;
      Path draft = store().draft(name);
      Files.write(draft, content);

      store().put(name, draft);
      Files.deleteIfExists(draft);
      Path back = local.resolve("back");
      store().fetch(name, back);

      assertThat(Files.mismatch(back, Files.write(local.resolve("sent"), content))).isEqualTo(-1);
      assertThat(store().find(name).orElseThrow().bytes()).isEqualTo(size);
      int middle = size / 2;
      assertThat(store().read(name, middle, 1_000))
          .isEqualTo(Arrays.copyOfRange(content, middle, Math.min(size, middle + 1_000)));
    }
    assertThat(store().list("files", "")).hasSize(5);
  }

  @Test
  void aDeletedFileIsGone() throws Exception {
    store().put("gone", bytes("x"));

    assertThat(store().delete("gone")).isTrue();
    assertThat(store().delete("gone")).isFalse();
    assertThat(store().find("gone")).isEmpty();
    assertThat(store().list("", "")).isEmpty();
  }

  @Test
  void anInterruptedThreadCreatesWhole() throws Exception {
    Thread.currentThread().interrupt();
    boolean created = store().create("whole", bytes("x"));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(created).isTrue();
    assertThat(store().read("whole")).asString(UTF_8).isEqualTo("x");
  }

  protected static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static int byName(Stored a, Stored b) {
    return a.name().compareTo(b.name());
  }
}
