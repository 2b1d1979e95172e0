package dev.millrace.engine.lake.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.kernel.defaults.engine.fileio.OutputFile;
import io.delta.kernel.defaults.engine.fileio.PositionOutputStream;
import io.delta.kernel.defaults.engine.fileio.SeekableInputStream;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoreFileIOTest {

  private static final int WRITERS = 8;

  @TempDir Path folder;

  private StoreFileIO files() {
    return StoreFileIO.on(new FolderStore(folder));
  }

  @Test
  void ofManyWritersOfOneNameOneWins() throws Exception {
    for (int round = 0; round < 20; round++) {
      String target = at("entry-" + round);
      CountDownLatch start = new CountDownLatch(WRITERS);
      int wins = 0;
      try (ExecutorService pool = Executors.newFixedThreadPool(WRITERS)) {
        List<Future<Boolean>> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
          String line = "writer " + i;
          writers.add(
              pool.submit(
                  () -> {
                    start.countDown();
                    start.await();
                    return wrote(target, line);
                  }));
        }
        for (Future<Boolean> writer : writers) {
          wins += writer.get() ? 1 : 0;
        }
      }
      assertThat(wins).isEqualTo(1);
      assertThat(Files.readString(StoreFileIO.pathOf(target))).matches("writer \\d\n");
    }
    assertThat(names()).noneMatch(name -> name.startsWith("."));
  }

  @Test
  void aWriteThatBreaksOffLeavesNothing() throws Exception {
    String target = at("entry");

    assertThatThrownBy(
            () -> files().newOutputFile(target).writeAtomically(breakingAfter("a line"), false))
        .isInstanceOf(IllegalStateException.class);
    assertThat(names()).isEmpty();
  }

  @Test
  void aStreamedFileAppearsWhenItIsClosed() throws Exception {
    OutputFile file = files().newOutputFile(at("checkpoint"));
    PositionOutputStream out = file.create(true);
    out.write(new byte[] {1, 2, 3, 4});
    out.write(5);

    assertThat(out.getPos()).isEqualTo(5);
    assertThat(names()).doesNotContain("checkpoint");
    out.close();
    assertThat(names()).containsExactly("checkpoint");
    try (SeekableInputStream in = files().newInputFile(at("checkpoint"), -1).newStream()) {
      in.seek(3);
      assertThat(in.readAllBytes()).containsExactly(4, 5);
      assertThat(in.getPos()).isEqualTo(5);
    }
  }

  @Test
  void aListingIsSortedStartsWhereAskedAndPassesOverHiddenNames() throws Exception {
    for (String name : List.of("c", "a", "b", ".b.tmp")) {
      Files.writeString(folder.resolve(name), name);
    }

    try (CloseableIterator<FileStatus> listing = files().listFrom(at("b"))) {
      assertThat(listing.toInMemoryList())
          .extracting(FileStatus::getPath)
          .containsExactly(at("b"), at("c"));
    }
    assertThatThrownBy(() -> files().listFrom(at("nowhere/b")))
        .isInstanceOf(FileNotFoundException.class);
  }

  @Test
  void aPathSurvivesItsTextWhateverItsCharacters() {
    Path odd = folder.resolve("a b").resolve("100%").resolve("#ü?");

    assertThat(StoreFileIO.pathOf(StoreFileIO.textOf(odd))).isEqualTo(odd);
    assertThat(StoreFileIO.pathOf("file:///tmp/x")).isEqualTo(Path.of("/tmp/x"));
    assertThat(files().resolvePath(odd.toString())).isEqualTo("file:" + odd);
  }

  @Test
  void aCopyDoesNotTakeANameThatIsTaken() throws Exception {
    Files.writeString(folder.resolve("from"), "new");
    Files.writeString(folder.resolve("to"), "old");

    assertThatThrownBy(() -> files().copyFileAtomically(at("from"), at("to"), false))
        .isInstanceOf(FileAlreadyExistsException.class);
    files().copyFileAtomically(at("from"), at("to"), true);
    assertThat(folder.resolve("to")).hasContent("new");
  }

  private boolean wrote(String target, String line) throws IOException {
    try {
      files()
          .newOutputFile(target)
          .writeAtomically(Utils.toCloseableIterator(List.of(line).iterator()), false);
      return true;
    } catch (FileAlreadyExistsException _) {
      return false;
    }
  }

  private String at(String name) {
    return StoreFileIO.textOf(folder.resolve(name));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).toList();
    }
  }

  private static CloseableIterator<String> breakingAfter(String line) {
    Iterator<String> lines =
        Stream.of(line, "never")
            .map(
                each -> {
                  if (each.equals("never")) {
                    throw new IllegalStateException("broken off");
                  }
                  return each;
                })
            .iterator();
    return Utils.toCloseableIterator(lines);
  }
}
