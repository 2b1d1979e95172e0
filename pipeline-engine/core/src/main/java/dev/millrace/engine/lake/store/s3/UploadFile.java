package dev.millrace.engine.lake.store.s3;

import dev.millrace.engine.settings.LakeSettings.Encryption;
import dev.millrace.engine.settings.LakeSettings.S3;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/// Puts objects with the encryption and storage class that the settings ask for; large files in
/// parts.
///
/// An upload in parts that fails is aborted, so that its parts are not paid for. Where that fails
/// too, or the process ended, the first upload in parts of a later process aborts what is older
/// than {@link #ABANDONED_AFTER} under the same prefix.
final class UploadFile {

  static final String CHECKSUM = "crc32c";
  static final Duration ABANDONED_AFTER = Duration.ofDays(1);

  private static final Logger LOG = LoggerFactory.getLogger(UploadFile.class);
  private static final String LOG_FOLDER = "_delta_log/";

  private final S3Client client;
  private final S3Calls calls;
  private final S3 settings;
  private final AtomicBoolean swept = new AtomicBoolean();

  UploadFile(S3Client client, S3Calls calls, S3 settings) {
    this.client = client;
    this.calls = calls;
    this.settings = settings;
  }

  static String text(CRC32C checksum) {
    return HexFormat.of().toHexDigits((int) checksum.getValue());
  }

  PutObjectRequest putting(String key) {
    return put(key).build();
  }

  /// Only if the key is not taken.
  PutObjectRequest creating(String key) {
    return put(key).ifNoneMatch("*").build();
  }

  /// @param place the object, for messages
  void upload(Path file, String key, String place) throws IOException {
    Map<String, String> metadata = Map.of(CHECKSUM, checksum(file));
    long bytes = Files.size(file);
    if (bytes > settings.partBytes()) {
      inParts(file, bytes, key, place, metadata);
    } else {
      calls.ask(
          place,
          () -> client.putObject(put(key).metadata(metadata).build(), RequestBody.fromFile(file)));
    }
  }

  private void inParts(
      Path file, long bytes, String key, String place, Map<String, String> metadata)
      throws IOException {
    sweepOnce();
    String upload =
        calls
            .ask(place, () -> client.createMultipartUpload(creatingParts(key, metadata)))
            .uploadId();
    boolean complete = false;
    try {
      List<CompletedPart> parts = new ArrayList<>();
      for (long from = 0; from < bytes; from += settings.partBytes()) {
        parts.add(part(file, from, bytes, key, place, upload, parts.size() + 1));
      }
      complete(key, place, upload, parts, bytes);
      complete = true;
    } finally {
      if (!complete) {
        abort(key, upload);
      }
    }
  }

  private CompletedPart part(
      Path file, long from, long bytes, String key, String place, String upload, int number)
      throws IOException {
    long length = Math.min(settings.partBytes(), bytes - from);
    UploadPartResponse answer;
    try (FilePart content = new FilePart(file, from, length)) {
      RequestBody body =
          RequestBody.fromContentProvider(content, length, "application/octet-stream");
      answer =
          calls.ask(
              place,
              () ->
                  client.uploadPart(
                      r ->
                          r.bucket(settings.bucket())
                              .key(key)
                              .uploadId(upload)
                              .partNumber(number)
                              .contentLength(length),
                      body));
    }
    return CompletedPart.builder()
        .partNumber(number)
        .eTag(answer.eTag())
        .checksumCRC32(answer.checksumCRC32())
        .build();
  }

  /// Completing twice is refused, and the first answer can be lost: then the object tells.
  private void complete(
      String key, String place, String upload, List<CompletedPart> parts, long bytes)
      throws IOException {
    try {
      calls.send(
          place,
          () ->
              client.completeMultipartUpload(
                  r ->
                      r.bucket(settings.bucket())
                          .key(key)
                          .uploadId(upload)
                          .multipartUpload(m -> m.parts(parts))));
    } catch (SdkException refused) {
      if (!S3Faults.isUploadGone(refused)) {
        throw S3Faults.of(refused, place);
      }
      HeadObjectResponse head =
          calls.ask(place, () -> client.headObject(r -> r.bucket(settings.bucket()).key(key)));
      if (head.contentLength() == null || head.contentLength() != bytes) {
        throw S3Faults.of(refused, place);
      }
    }
  }

  private void abort(String key, String upload) {
    try {
      client.abortMultipartUpload(r -> r.bucket(settings.bucket()).key(key).uploadId(upload));
    } catch (SdkException left) {
      LOG.info(
          "Upload {} of {} was not aborted; a later process does that after {}",
          upload,
          key,
          ABANDONED_AFTER,
          left);
    }
  }

  private void sweepOnce() {
    if (swept.compareAndSet(false, true)) {
      try {
        int aborted = sweep(Instant.now().minus(ABANDONED_AFTER));
        if (aborted > 0) {
          LOG.info("Aborted {} uploads that earlier processes left behind", aborted);
        }
      } catch (SdkException refused) {
        LOG.info("Uploads left behind cannot be listed; let the bucket's lifecycle end them", refused);
      }
    }
  }

  /// Aborts the uploads in parts that were begun before a moment; returns how many.
  int sweep(Instant before) {
    int aborted = 0;
    var found =
        client.listMultipartUploadsPaginator(
            r -> r.bucket(settings.bucket()).prefix(settings.prefix()));
    for (MultipartUpload upload : found.uploads()) {
      if (upload.initiated() != null && upload.initiated().isBefore(before)) {
        abort(upload.key(), upload.uploadId());
        aborted++;
      }
    }
    return aborted;
  }

  private PutObjectRequest.Builder put(String key) {
    PutObjectRequest.Builder put = PutObjectRequest.builder().bucket(settings.bucket()).key(key);
    switch (settings.encryption()) {
      case Encryption.OfBucket _ -> {}
      case Encryption.S3Keys _ -> put.serverSideEncryption(ServerSideEncryption.AES256);
      case Encryption.Kms kms -> {
        put.serverSideEncryption(ServerSideEncryption.AWS_KMS);
        kms.key().ifPresent(put::ssekmsKeyId);
      }
    }
    if (isData(key)) {
      settings.storageClass().ifPresent(put::storageClass);
    }
    return put;
  }

  private CreateMultipartUploadRequest creatingParts(String key, Map<String, String> metadata) {
    PutObjectRequest like = putting(key);
    return CreateMultipartUploadRequest.builder()
        .bucket(like.bucket())
        .key(key)
        .metadata(metadata)
        .serverSideEncryption(like.serverSideEncryptionAsString())
        .ssekmsKeyId(like.ssekmsKeyId())
        .storageClass(like.storageClassAsString())
        .build();
  }

  /// The log is read all the time and stays in the standard class.
  private static boolean isData(String key) {
    return !key.contains(LOG_FOLDER);
  }

  private static String checksum(Path file) throws IOException {
    CRC32C checksum = new CRC32C();
    try (InputStream in = new CheckedInputStream(Files.newInputStream(file), checksum)) {
      byte[] buffer = new byte[1 << 18];
      while (in.read(buffer) >= 0) {
        // The stream adds up what it reads.
        continue;
      }
    }
    return text(checksum);
  }
}
