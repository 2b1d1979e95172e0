package dev.millrace.engine.lake.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FolderStoreTest extends StoreContractTest {

  @TempDir private Path folder;

  @Override
  protected Store store() {
    return new FolderStore(folder.resolve("a store, 100% #1?"));
  }

  @Test
  void aNameDoesNotLeadOut() {
    assertThatThrownBy(() -> store().read("../x")).isInstanceOf(IllegalArgumentException.class);
  }
}
