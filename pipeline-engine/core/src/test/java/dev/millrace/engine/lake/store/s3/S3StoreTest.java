package dev.millrace.engine.lake.store.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.lake.store.Store;
import dev.millrace.engine.lake.store.StoreContractTest;
import dev.millrace.engine.lake.store.StoreException;
import dev.millrace.engine.settings.LakeSettings.Encryption;
import dev.millrace.engine.settings.LakeSettings.S3;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/// The store's contract kept by S3 over HTTP, and what only S3 can get wrong.
final class S3StoreTest extends StoreContractTest {

  @TempDir private static Path server;
  private static LocalS3 s3;

  private S3Access access;
  private S3Store store;

  @BeforeAll
  static void startServer() throws Exception {
    s3 = LocalS3.start(server);
  }

  @AfterAll
  static void stopServer() {
    s3.close();
  }

  @BeforeEach
  void open() throws Exception {
    access = s3.access("a prefix+" + UUID.randomUUID());
    store = new S3Store(access, local);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Override
  protected Store store() {
    return store;
  }

  @Test
  void aPrefixKeepsToItself() throws Exception {
    store.put("x", bytes("mine"));
    try (S3Store other = new S3Store(s3.access(access.settings().prefix() + "2"), local)) {
      assertThat(other.find("x")).isEmpty();
      assertThat(other.walk("")).isEmpty();
    }
    assertThat(store.place()).isEqualTo("s3://lake/" + access.settings().prefix());
  }

  @Test
  void objectsThatStandForFoldersAreNoFiles() throws Exception {
    try (S3Client client = S3Clients.open(access)) {
      client.putObject(
          r -> r.bucket(LocalS3.BUCKET).key(access.settings().prefix() + "/f/"),
          RequestBody.empty());
    }
    store.put("f/x", bytes("x"));

    assertThat(store.list("f", "")).hasSize(1);
    assertThat(store.walk("")).hasSize(1);
  }

  @Test
  void uploadsLeftBehindAreAborted() throws Exception {
    try (S3Client client = S3Clients.open(access)) {
      String key = access.settings().prefix() + "/left";
      client.createMultipartUpload(r -> r.bucket(LocalS3.BUCKET).key(key));
      UploadFile upload = new UploadFile(client, new S3Calls(1), access.settings());

      assertThat(upload.sweep(Instant.now().minus(Duration.ofDays(1)))).isZero();
      assertThat(uploads(client)).hasSize(1);
      assertThat(upload.sweep(Instant.now().plusSeconds(60))).isEqualTo(1);
      assertThat(uploads(client)).isEmpty();
    }
  }

  @Test
  void anUploadThatFailsLeavesNoParts() throws Exception {
    Path file = Files.write(local.resolve("large"), new byte[12 << 20]);
    try (FaultProxy proxy = FaultProxy.before(s3.port());
        S3Store through =
            new S3Store(
                s3.access(access.settings().prefix(), proxy.port(), Duration.ofSeconds(5)),
                local,
                new S3Calls(1));
        S3Client client = S3Clients.open(access)) {
      proxy.next(r -> r.contains("partNumber=2"), Fault.INTERNAL_ERROR);

      assertThatThrownBy(() -> through.put("large", file)).isInstanceOf(StoreException.class);
      assertThat(uploads(client)).isEmpty();
      assertThat(store.find("large")).isEmpty();
    }
  }

  @Test
  void aLostAnswerToACompletedUploadIsASuccess() throws Exception {
    Path file = Files.write(local.resolve("large"), new byte[12 << 20]);
    try (FaultProxy proxy = FaultProxy.before(s3.port());
        S3Store through = through(proxy)) {
      proxy.next(r -> r.startsWith("POST") && r.contains("uploadId="), Fault.LOST_ANSWER);

      through.put("large", file);

      assertThat(store.find("large").orElseThrow().bytes()).isEqualTo(12 << 20);
      assertThat(proxy.hits()).isEqualTo(1);
    }
  }

  @Test
  void aLostAnswerToACreateIsASuccess() throws Exception {
    try (FaultProxy proxy = FaultProxy.before(s3.port());
        S3Store through = through(proxy)) {
      proxy.next(r -> r.startsWith("PUT"), Fault.LOST_ANSWER);

      assertThat(through.create("0.json", bytes("mine"))).isTrue();
      assertThat(proxy.hits()).isEqualTo(1);
      assertThat(through.create("0.json", bytes("other"))).isFalse();
      assertThat(store.read("0.json")).asString(UTF_8).isEqualTo("mine");
    }
  }

  @Test
  void aLostAnswerDoesNotMakeAnothersFileOurs() throws Exception {
    store.create("0.json", bytes("another's"));
    try (FaultProxy proxy = FaultProxy.before(s3.port());
        S3Store through = through(proxy)) {
      proxy.next(r -> r.startsWith("PUT"), Fault.LOST_ANSWER);

      assertThat(through.create("0.json", bytes("mine"))).isFalse();
    }
  }

  @Test
  void aBodyThatBreaksOffGoesOnWhereItBroke() throws Exception {
    byte[] content = new byte[3 << 20];
    new Random(9).nextBytes(content);
    Path file = Files.write(local.resolve("sent"), content);
    store.put("x", file);
    try (FaultProxy proxy = FaultProxy.before(s3.port());
        S3Store through = through(proxy)) {
      proxy.next(r -> r.startsWith("GET"), Fault.TRUNCATED);
      proxy.next(r -> r.startsWith("GET"), Fault.TRUNCATED);
      Path back = local.resolve("back");

      through.fetch("x", back);

      assertThat(Files.mismatch(back, Files.write(local.resolve("want"), content))).isEqualTo(-1);
      assertThat(proxy.hits()).isEqualTo(2);
    }
  }

  @Test
  void aFileThatWasChangedUnderneathIsNotTaken() throws Exception {
    try (S3Client client = S3Clients.open(access)) {
      client.putObject(
          r ->
              r.bucket(LocalS3.BUCKET)
                  .key(access.settings().prefix() + "/x")
                  .metadata(Map.of(UploadFile.CHECKSUM, "00000000")),
          RequestBody.fromString("hello"));
    }

    assertThatThrownBy(() -> store.fetch("x", local.resolve("x")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("checksum");
  }

  @Test
  void aMissingBucketIsNamed() throws Exception {
    S3 none = S3.of("no-such-bucket", "p", access.settings().server());
    try (S3Store nowhere =
        new S3Store(new S3Access(none, access.endpoint(), access.keys()), local)) {
      assertThatThrownBy(() -> nowhere.list("", ""))
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.remedy()).contains("lake.location"))
          .hasMessageContaining("no such bucket")
          .hasMessageContaining("s3://no-such-bucket/p");
    }
  }

  @Test
  void wrongKeysAreRefusedOnce() throws Exception {
    S3Access wrong =
        new S3Access(
            access.settings(),
            access.endpoint(),
            Optional.of(new S3Access.Keys("local", "wrong-secret")));
    try (S3Store refused = new S3Store(wrong, local)) {
      assertThatThrownBy(() -> refused.create("x", bytes("x")))
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.remedy()).contains("s3:PutObject"))
          .hasMessageContaining("access was denied");
    }
  }

  @Test
  void nobodyListeningIsSaidSo() throws Exception {
    try (S3Store silent =
        new S3Store(
            s3.access("p", closedPort(), Duration.ofMillis(500)),
            local,
            new S3Calls(2, Duration.ofMillis(1)))) {
      assertThatThrownBy(() -> silent.find("x"))
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.remedy()).contains("lake.endpoint"))
          .hasMessageContaining("no answer");
    }
  }

  @Test
  void encryptionAndStorageClassAreAskedFor() {
    S3 s = access.settings();
    S3 kms =
        new S3(
            s.bucket(),
            s.prefix(),
            s.region(),
            s.server(),
            s.pathStyle(),
            new Encryption.Kms(Optional.of("a-key")),
            Optional.of("STANDARD_IA"),
            s.partBytes(),
            s.cacheBytes(),
            s.attempts(),
            s.timeout());
    try (S3Client client = S3Clients.open(access)) {
      UploadFile upload = new UploadFile(client, new S3Calls(1), kms);
      PutObjectRequest data = upload.putting("p/bronze/x/part-1.parquet");
      PutObjectRequest entry = upload.creating("p/bronze/x/_delta_log/0.json");

      assertThat(data.serverSideEncryptionAsString()).isEqualTo("aws:kms");
      assertThat(data.ssekmsKeyId()).isEqualTo("a-key");
      assertThat(data.storageClassAsString()).isEqualTo("STANDARD_IA");
      assertThat(entry.ssekmsKeyId()).isEqualTo("a-key");
      assertThat(entry.storageClassAsString()).isNull();
      assertThat(entry.ifNoneMatch()).isEqualTo("*");
    }
  }

  private S3Store through(FaultProxy proxy) throws IOException {
    return new S3Store(
        s3.access(access.settings().prefix(), proxy.port(), Duration.ofSeconds(5)),
        local,
        new S3Calls(8, Duration.ofMillis(1)));
  }

  private List<MultipartUpload> uploads(S3Client client) {
    return client
        .listMultipartUploads(
            r -> r.bucket(LocalS3.BUCKET).prefix(access.settings().prefix()))
        .uploads();
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
