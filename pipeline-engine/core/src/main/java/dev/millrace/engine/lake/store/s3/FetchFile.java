package dev.millrace.engine.lake.store.s3;

import dev.millrace.engine.lake.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/// Brings objects into local files.
///
/// When a body breaks off, the next try asks for the rest of the same object. Size and, where the
/// object carries one of ours, checksum are compared at the end.
record FetchFile(S3Client client, S3Calls calls, String bucket) {

  private static final int BUFFER = 256 << 10;

  /// @param place the object, for messages
  void fetch(String key, String place, Path target) throws IOException {
    Progress progress = new Progress();
    try (OutputStream out = Files.newOutputStream(target)) {
      calls.ask(
          place,
          () -> {
            if (!progress.whole()) {
              more(key, progress, out);
            }
            return true;
          });
    }
    progress.check(place);
  }

  private void more(String key, Progress progress, OutputStream out) throws IOException {
    try (ResponseInputStream<GetObjectResponse> in =
        client.getObject(
            r -> {
              r.bucket(bucket).key(key);
              if (progress.received > 0) {
                r.range("bytes=" + progress.received + "-").ifMatch(progress.tag);
              }
            },
            ResponseTransformer.toInputStream())) {
      progress.began(in.response());
      copy(in, progress, out);
    }
    if (!progress.whole()) {
      throw new IOException(progress.received + " of " + progress.bytes + " bytes came");
    }
  }

  private static void copy(InputStream in, Progress progress, OutputStream out)
      throws IOException {
    byte[] buffer = new byte[BUFFER];
    while (true) {
      int count;
      try {
        count = in.read(buffer);
      } catch (SdkException broken) {
        if (broken.getCause() instanceof IOException io) {
          throw io;
        }
        throw broken;
      }
      if (count < 0) {
        return;
      }
      write(buffer, count, out);
      progress.took(buffer, count);
    }
  }

  /// A full disk is no fault of the network, and nothing to try again for.
  private static void write(byte[] buffer, int count, OutputStream out) throws IOException {
    try {
      out.write(buffer, 0, count);
    } catch (IOException disk) {
      FileSystemException failed =
          new FileSystemException("the local copy", null, disk.getMessage());
      failed.initCause(disk);
      throw failed;
    }
  }

  /// How much of one object has come.
  private static final class Progress {

    private final CRC32C checksum = new CRC32C();
    private long received;
    private long bytes = -1;
    private @Nullable String tag;
    private @Nullable String expected;

    void began(GetObjectResponse response) throws IOException {
      if (response.contentLength() == null) {
        throw new IOException("half an answer");
      }
      if (received == 0) {
        bytes = response.contentLength();
        tag = response.eTag();
        expected = response.metadata().get(UploadFile.CHECKSUM);
      }
    }

    void took(byte[] buffer, int count) {
      checksum.update(buffer, 0, count);
      received += count;
    }

    boolean whole() {
      return received == bytes;
    }

    void check(String place) throws StoreException {
      String actual = UploadFile.text(checksum);
      if (expected != null && !expected.equals(actual)) {
        throw new StoreException(
            place + " is damaged: its checksum is " + actual + " and should be " + expected,
            "see whether another program wrote over it; restore it from a backup or version of the"
                + " bucket",
            new IOException("checksum"));
      }
    }
  }
}
