package dev.millrace.engine.lake.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class StoreFaultsTest {

  private static final Path FOLDER = Path.of("/data/lake");

  @Test
  void aFolderWithoutWriteAccessIsNamed() {
    MillraceException fault = fault(new AccessDeniedException("/data/lake/bronze"));

    assertThat(fault.code()).isEqualTo(ErrorCode.FILE);
    assertThat(fault.what())
        .isEqualTo("Writing bronze.x failed: no write access to /data/lake/bronze");
    assertThat(fault.remedy()).contains("--home");
    assertThat(fault(new FileNotFoundException("/data/lake/x (Permission denied)")).what())
        .isEqualTo("Writing bronze.x failed: no write access to /data/lake");
  }

  @Test
  void aFullDiskSaysThatNothingIsLost() {
    MillraceException fault = fault(new IOException("No space left on device"));

    assertThat(fault.what()).contains("the disk of /data/lake is full");
    assertThat(fault.remedy()).contains("nothing that was committed is lost");
  }

  @Test
  void anInterruptIsACancellationAndIsKept() {
    MillraceException fault = fault(new InterruptedIOException());

    assertThat(Thread.interrupted()).isTrue();
    assertThat(fault.code()).isEqualTo(ErrorCode.CANCELLED);
  }

  @Test
  void anythingElseTellsItsReason() {
    assertThat(fault(new IOException("Input/output error")).what())
        .isEqualTo("Writing bronze.x failed: Input/output error");
  }

  private static MillraceException fault(IOException cause) {
    return StoreFaults.of("Writing bronze.x", FOLDER, cause);
  }
}
