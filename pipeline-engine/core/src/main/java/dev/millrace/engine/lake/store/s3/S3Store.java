package dev.millrace.engine.lake.store.s3;

import dev.millrace.engine.lake.store.Store;
import dev.millrace.engine.lake.store.StoreException;
import dev.millrace.engine.lake.store.Stored;
import dev.millrace.engine.settings.LakeSettings.S3;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/// A prefix of an S3 bucket as a store.
///
/// **One winner.** {@link #create} is a PUT with `If-None-Match: *`. Its answer can be lost after it
/// took effect, and the try after it is told 412 then: so the object is read back, and if it is
/// byte for byte ours, we are the winner.
///
/// Requests are answered for one at a time and not torn apart by interrupts, but {@link #fetch} is.
public final class S3Store implements Store {

  private final S3 settings;
  private final S3Client client;
  private final S3Calls calls;
  private final Path drafts;
  private final UploadFile uploads;

  /// @param drafts folder for drafts; made when the first is
  public S3Store(S3Access access, Path drafts) throws IOException {
    this(access, drafts, new S3Calls(access.settings().attempts()));
  }

  S3Store(S3Access access, Path drafts, S3Calls calls) throws IOException {
    this.settings = access.settings();
    this.drafts = drafts;
    this.calls = calls;
    try {
      this.client = S3Clients.open(access);
    } catch (SdkException fault) {
      throw S3Faults.of(fault, settings.place());
    }
    this.uploads = new UploadFile(client, calls, settings);
  }

  @Override
  public String place() {
    return settings.place();
  }

  @Override
  public boolean isRemote() {
    return true;
  }

  /// Makes the bucket if there is none; for a server of our own.
  public void makeBucket() throws IOException {
    calls.ask(
        place(),
        () -> {
          try {
            client.headBucket(r -> r.bucket(settings.bucket()));
          } catch (SdkException fault) {
            if (!S3Faults.isNowhere(fault)) {
              throw fault;
            }
            client.createBucket(r -> r.bucket(settings.bucket()));
          }
          return true;
        });
  }

  @Override
  public List<Stored> list(String folder, String from) throws IOException {
    String prefix = folderKey(folder);
    // S3 begins after a key; the key without its last character is before all that are wanted.
    String after = prefix + (from.isEmpty() ? "" : from.substring(0, from.length() - 1));
    List<Stored> found = new ArrayList<>();
    for (ListObjectsV2Response page : pages(prefix, "/", after)) {
      for (S3Object object : page.contents()) {
        Stored stored = stored(object);
        if (isListed(object, prefix) && stored.lastName().compareTo(from) >= 0) {
          found.add(stored);
        }
      }
    }
    return found;
  }

  @Override
  public List<String> folders(String folder) throws IOException {
    String prefix = folderKey(folder);
    List<String> found = new ArrayList<>();
    for (ListObjectsV2Response page : pages(prefix, "/", "")) {
      page.commonPrefixes().stream()
          .map(common -> common.prefix().substring(prefix.length()).replaceFirst("/$", ""))
          .filter(name -> !name.isEmpty() && !name.startsWith("."))
          .forEach(found::add);
    }
    // S3 sorts them with the slash behind their names.
    found.sort(Comparator.naturalOrder());
    return found;
  }

  @Override
  public List<Stored> walk(String folder) throws IOException {
    String prefix = folderKey(folder);
    List<Stored> found = new ArrayList<>();
    for (ListObjectsV2Response page : pages(prefix, "", "")) {
      page.contents().stream()
          .filter(object -> isListed(object, prefix))
          .map(this::stored)
          .forEach(found::add);
    }
    return found;
  }

  @Override
  public Optional<Stored> find(String name) throws IOException {
    return S3Calls.whole(
        () -> {
          try {
            return Optional.of(calls.send(at(name), () -> head(name)));
          } catch (SdkException fault) {
            if (S3Faults.isMissing(fault)) {
              return Optional.empty();
            }
            throw S3Faults.of(S3Faults.isUnexplained(fault) ? explained(name, fault) : fault, at(name));
          }
        });
  }

  private Stored head(String name) throws IOException {
    HeadObjectResponse head =
        client.headObject(r -> r.bucket(settings.bucket()).key(key(name)));
    if (head.contentLength() == null || head.lastModified() == null) {
      throw new IOException("half an answer");
    }
    return new Stored(name, head.contentLength(), head.lastModified());
  }

  /// An answer to HEAD has no body that could say why; an answer to GET has.
  private SdkException explained(String name, SdkException fault) throws IOException {
    try {
      var _ = calls.send(at(name), () -> got(name, "bytes=0-0"));
      return fault;
    } catch (SdkException why) {
      return S3Faults.isMissing(why) || S3Faults.isPastEnd(why) ? fault : why;
    }
  }

  @Override
  public byte[] read(String name) throws IOException {
    return S3Calls.whole(() -> calls.ask(at(name), () -> got(name, "")));
  }

  @Override
  public byte[] read(String name, long from, int length) throws IOException {
    if (length == 0) {
      return new byte[0];
    }
    String range = "bytes=" + from + "-" + (from + length - 1);
    return S3Calls.whole(
        () -> {
          try {
            return calls.send(at(name), () -> got(name, range));
          } catch (SdkException fault) {
            if (S3Faults.isPastEnd(fault)) {
              return new byte[0];
            }
            throw S3Faults.of(fault, at(name));
          }
        });
  }

  @Override
  public void fetch(String name, Path target) throws IOException {
    new FetchFile(client, calls, settings.bucket()).fetch(key(name), at(name), target);
  }

  @Override
  public boolean create(String name, byte[] content) throws IOException {
    return S3Calls.whole(
        () -> {
          try {
            calls.send(at(name), () -> client.putObject(uploads.creating(key(name)), body(content)));
            return true;
          } catch (SdkException fault) {
            if (S3Faults.isRefusedPremise(fault)) {
              return isOurs(name, content);
            }
            throw S3Faults.of(fault, at(name));
          } catch (StoreException unknown) {
            if (landedAfterAll(name, content, unknown)) {
              return true;
            }
            throw unknown;
          }
        });
  }

  @Override
  public void put(String name, byte[] content) throws IOException {
    S3Calls.whole(
        () -> calls.ask(at(name), () -> client.putObject(uploads.putting(key(name)), body(content))));
  }

  @Override
  public void put(String name, Path file) throws IOException {
    S3Calls.whole(
        () -> {
          uploads.upload(file, key(name), at(name));
          return true;
        });
  }

  @Override
  public Path draft(String name) throws IOException {
    Files.createDirectories(drafts);
    return drafts.resolve(UUID.randomUUID() + "-" + name.substring(name.lastIndexOf('/') + 1));
  }

  @Override
  public boolean delete(String name) throws IOException {
    boolean stood = find(name).isPresent();
    S3Calls.whole(
        () ->
            calls.ask(
                at(name),
                () -> client.deleteObject(r -> r.bucket(settings.bucket()).key(key(name)))));
    return stood;
  }

  @Override
  public void close() {
    client.close();
  }

  private boolean isOurs(String name, byte[] content) throws IOException {
    try {
      return Arrays.equals(read(name), content);
    } catch (NoSuchFileException _) {
      // Another's, and gone again: the name was not ours.
      return false;
    }
  }

  /// After a create that stayed without an answer: whether it took effect.
  private boolean landedAfterAll(String name, byte[] content, StoreException unknown) {
    try {
      return isOurs(name, content);
    } catch (IOException alsoUnanswered) {
      unknown.addSuppressed(alsoUnanswered);
      return false;
    }
  }

  private byte[] got(String name, String range) throws IOException {
    ResponseBytes<GetObjectResponse> got =
        client.getObject(
            r -> {
              r.bucket(settings.bucket()).key(key(name));
              if (!range.isEmpty()) {
                r.range(range);
              }
            },
            ResponseTransformer.toBytes());
    byte[] bytes = got.asByteArrayUnsafe();
    Long told = got.response().contentLength();
    if (told == null || told != bytes.length) {
      throw new IOException("half an answer");
    }
    return bytes;
  }

  /// All pages of a listing, each asked for until it is answered.
  private List<ListObjectsV2Response> pages(String prefix, String delimiter, String after)
      throws IOException {
    return S3Calls.whole(
        () -> {
          List<ListObjectsV2Response> pages = new ArrayList<>();
          String token = null;
          do {
            String next = token;
            ListObjectsV2Response page =
                calls.ask(
                    "s3://" + settings.bucket() + "/" + prefix,
                    () ->
                        client.listObjectsV2(
                            r -> {
                              r.bucket(settings.bucket()).prefix(prefix);
                              if (!delimiter.isEmpty()) {
                                r.delimiter(delimiter);
                              }
                              if (next != null) {
                                r.continuationToken(next);
                              } else if (!after.isEmpty()) {
                                r.startAfter(after);
                              }
                            }));
            pages.add(page);
            token = Boolean.TRUE.equals(page.isTruncated()) ? page.nextContinuationToken() : null;
          } while (token != null);
          return pages;
        });
  }

  private Stored stored(S3Object object) {
    String name =
        settings.prefix().isEmpty()
            ? object.key()
            : object.key().substring(settings.prefix().length() + 1);
    return new Stored(name, object.size(), object.lastModified());
  }

  /// Other programs make objects that stand for folders; those are no files.
  private static boolean isListed(S3Object object, String prefix) {
    String key = object.key();
    String last = key.substring(key.lastIndexOf('/') + 1);
    return key.length() > prefix.length() && !last.isEmpty() && !last.startsWith(".");
  }

  private String key(String name) {
    return settings.prefix().isEmpty() ? name : settings.prefix() + "/" + name;
  }

  private String folderKey(String folder) {
    String key = folder.isEmpty() ? settings.prefix() : key(folder);
    return key.isEmpty() ? "" : key + "/";
  }

  private String at(String name) {
    return "s3://" + settings.bucket() + "/" + key(name);
  }

  private static RequestBody body(byte[] content) {
    return RequestBody.fromBytes(content);
  }
}
