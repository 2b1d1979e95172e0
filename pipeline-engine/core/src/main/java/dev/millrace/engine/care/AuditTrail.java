package dev.millrace.engine.care;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.TableName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The records of what was done to tables: one JSON object a line in `<folder>/tables.ndjson`, each
/// forced to the disk before the work goes on.
///
/// The key of the hashes lies beside them in `key`. Any thread and any process may append.
public final class AuditTrail {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FILE = "tables.ndjson";
  private static final String KEY = "key";
  private static final int KEY_BYTES = 32;
  private static final String ALGORITHM = "HmacSHA256";

  private final Path folder;

  /// @param folder made when the first record is written
  public AuditTrail(Path folder) {
    this.folder = folder;
  }

  public void append(AuditRecord entry) {
    try {
      Files.createDirectories(folder);
      byte[] line = (JSON.writeValueAsString(json(entry)) + "\n").getBytes(StandardCharsets.UTF_8);
      try (FileChannel file =
          FileChannel.open(
              folder.resolve(FILE),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.APPEND)) {
        ByteBuffer bytes = ByteBuffer.wrap(line);
        while (bytes.hasRemaining()) {
          file.write(bytes);
        }
        file.force(true);
      }
    } catch (IOException e) {
      throw failed("The audit record could not be written", e);
    }
  }

  /// The records from the oldest on; a last line that was torn by a power cut is passed over.
  public List<AuditRecord> records() {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return List.of();
    }
    List<AuditRecord> records = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(file)) {
        read(line).ifPresent(records::add);
      }
      return records;
    } catch (IOException e) {
      throw failed("The audit records could not be read", e);
    }
  }

  AuditRecord.HashedSubject hashed(Subject subject) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key(), ALGORITHM));
      byte[] hash = mac.doFinal(subject.value().getBytes(StandardCharsets.UTF_8));
      return new AuditRecord.HashedSubject(
          String.join(",", new TreeSet<>(subject.columns())), HexFormat.of().formatHex(hash));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
    } catch (IOException e) {
      throw failed("The key of the audit could not be read", e);
    }
  }

  static String who() {
    String machine;
    try {
      machine = InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException _) {
      machine = "unknown machine";
    }
    return System.getProperty("user.name", "unknown user") + "@" + machine;
  }

  private byte[] key() throws IOException {
    Path file = folder.resolve(KEY);
    if (!Files.exists(file)) {
      Files.createDirectories(folder);
      byte[] random = new byte[KEY_BYTES];
      new SecureRandom().nextBytes(random);
      Path whole = Files.createTempFile(folder, ".key", ".tmp");
      try {
        Files.writeString(whole, HexFormat.of().formatHex(random));
        if (whole.getFileSystem().supportedFileAttributeViews().contains("posix")) {
          Files.setPosixFilePermissions(whole, PosixFilePermissions.fromString("rw-------"));
        }
        Files.createLink(file, whole);
      } catch (FileAlreadyExistsException _) {
        // Another process was faster; its key holds.
      } finally {
        Files.deleteIfExists(whole);
      }
    }
    return HexFormat.of().parseHex(Files.readString(file).strip());
  }

  private static JsonNode json(AuditRecord entry) {
    ObjectNode node = JSON.createObjectNode();
    node.put("id", entry.id());
    node.put("at", entry.at().toString());
    node.put("who", entry.who());
    node.put("work", entry.work());
    node.put("pipeline", entry.pipeline());
    entry
        .subject()
        .ifPresent(
            subject ->
                node.putObject("subject")
                    .put("columns", subject.columns())
                    .put("hmac_sha256", subject.hmac()));
    node.put("state", entry.state().name());
    node.put("summary", entry.summary());
    ArrayNode findings = node.putArray("tables");
    for (CareFinding finding : entry.findings()) {
      ObjectNode table = findings.addObject();
      table.put("table", finding.table().toString());
      table.put("version", finding.version());
      ObjectNode counts = table.putObject("counts");
      finding.counts().forEach(counts::put);
    }
    ArrayNode notes = node.putArray("notes");
    entry.notes().forEach(notes::add);
    return node;
  }

  private static Optional<AuditRecord> read(String line) {
    JsonNode node;
    try {
      node = JSON.readTree(line);
    } catch (JsonProcessingException _) {
      return Optional.empty();
    }
    if (!node.isObject()) {
      return Optional.empty();
    }
    List<CareFinding> findings = new ArrayList<>();
    for (JsonNode table : node.path("tables")) {
      Map<String, Long> counts = new LinkedHashMap<>();
      table
          .path("counts")
          .properties()
          .forEach(count -> counts.put(count.getKey(), count.getValue().asLong()));
      TableName.parse(table.path("table").asText())
          .ifPresent(
              name -> findings.add(new CareFinding(name, table.path("version").asLong(), counts)));
    }
    List<String> notes = new ArrayList<>();
    node.path("notes").forEach(note -> notes.add(note.asText()));
    JsonNode subject = node.path("subject");
    return Optional.of(
        new AuditRecord(
            node.path("id").asText(),
            Instant.parse(node.path("at").asText()),
            node.path("who").asText(),
            node.path("work").asText(),
            node.path("pipeline").asText(),
            subject.isObject()
                ? Optional.of(
                    new AuditRecord.HashedSubject(
                        subject.path("columns").asText(), subject.path("hmac_sha256").asText()))
                : Optional.empty(),
            AuditRecord.State.valueOf(node.path("state").asText()),
            node.path("summary").asText(),
            findings,
            notes));
  }

  private MillraceException failed(String what, IOException cause) {
    return new MillraceException(
        ErrorCode.FILE,
        what + " in " + folder + ": " + cause.getMessage(),
        "make the folder readable and writable; nothing is done without its record",
        cause);
  }
}
