package dev.millrace.embedded.redshift;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.FileFooters.StoredColumn;
import dev.millrace.engine.lake.StoredFile;
import dev.millrace.engine.lake.parquet.ParquetFooters;
import dev.millrace.engine.lake.store.s3.S3Access;
import dev.millrace.engine.lake.store.s3.S3Store;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.S3Endpoint;
import dev.millrace.engine.settings.LakeSettings;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.SqlSession;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the files of a manifest as Redshift does: by its own access to the bucket, columns by
/// their place, and all or nothing. Any thread may call.
final class CopyFromS3 {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern URL = Pattern.compile("s3://([^/]+)/(.+)");

  private final S3Endpoint endpoint;
  private final Set<String> roles;
  private final SqlEngine engine;
  private final Path scratch;
  private final LoadErrors errors;

  /// @param roles that are attached
  /// @param scratch folder for files while they are read
  CopyFromS3(
      S3Endpoint endpoint, Set<String> roles, SqlEngine engine, Path scratch, LoadErrors errors) {
    this.endpoint = endpoint;
    this.roles = roles;
    this.engine = engine;
    this.scratch = scratch;
    this.errors = errors;
  }

  /// Where rows go.
  interface Rows {
    void row(List<Object> values, int width) throws IOException;
  }

  /// Judges the command and hands over every row.
  ///
  /// @return how many there were
  long run(CopyCommand command, List<BackendColumn> table, int session, Rows rows)
      throws RedshiftRefusal, IOException {
    if (!roles.contains(command.role())) {
      throw RedshiftRefusal.internal(
          "User arn:aws:redshift:local:000000000000:dbuser:millrace/loader is not authorized to"
              + " assume IAM Role "
              + command.role(),
          8001,
          "IAM Role=" + command.role());
    }
    JsonNode entries = manifest(command.url());
    long count = 0;
    for (JsonNode entry : entries) {
      String url = entry.path("url").asText();
      JsonNode length = entry.path("meta").path("content_length");
      if (!length.isIntegralNumber()) {
        throw RedshiftRefusal.internal(
            "The manifest has no meta.content_length for a columnar file", 8001, url);
      }
      Optional<Path> file = fetch(url, entry.path("mandatory").asBoolean(false));
      if (file.isPresent()) {
        try {
          count += copy(new Source(url, file.get(), session), length.asLong(), table, rows);
        } finally {
          Files.deleteIfExists(file.get());
        }
      }
    }
    return count;
  }

  private record Source(String url, Path file, int session) {}

  private JsonNode manifest(String url) throws RedshiftRefusal, IOException {
    Path file = fetch(url, true).orElseThrow();
    try {
      JsonNode entries = JSON.readTree(Files.readAllBytes(file)).path("entries");
      if (!entries.isArray()) {
        throw RedshiftRefusal.internal("Manifest file is not in correct json format", 8001, url);
      }
      return entries;
    } catch (JsonProcessingException e) {
      throw RedshiftRefusal.internal("Manifest file is not in correct json format", 8001, url);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private Optional<Path> fetch(String url, boolean mandatory) throws RedshiftRefusal, IOException {
    Matcher parts = URL.matcher(url);
    if (!parts.matches()) {
      throw RedshiftRefusal.internal("The S3 URL is not valid", 8001, url);
    }
    Files.createDirectories(scratch);
    Path file = scratch.resolve(UUID.randomUUID() + ".parquet");
    URI at = URI.create(endpoint.url());
    S3Access access =
        new S3Access(
            LakeSettings.S3.of(parts.group(1), "", new LakeSettings.Server.At(at)),
            Optional.of(at),
            Optional.of(new S3Access.Keys(endpoint.accessKey(), endpoint.secret())));
    try (S3Store store = new S3Store(access, scratch)) {
      store.fetch(parts.group(2), file);
      return Optional.of(file);
    } catch (NoSuchFileException missing) {
      Files.deleteIfExists(file);
      if (mandatory) {
        throw RedshiftRefusal.internal(
            "S3ServiceException:The specified key does not exist.,Status 404,Error NoSuchKey",
            8001,
            url);
      }
      return Optional.empty();
    }
  }

  private long copy(Source source, long length, List<BackendColumn> table, Rows rows)
      throws RedshiftRefusal, IOException {
    long size = Files.size(source.file());
    if (size != length) {
      throw RedshiftRefusal.scan(
          "The content_length of the manifest is %d and the object has %d bytes, File name: %s"
              .formatted(length, size, source.url()));
    }
    List<StoredColumn> stored;
    try {
      stored = new ParquetFooters().columns(source.file());
    } catch (MillraceException e) {
      throw RedshiftRefusal.scan("File '" + source.url() + "' is not a Parquet file");
    }
    if (stored.size() != table.size()) {
      throw RedshiftRefusal.scan(
          "Unmatched number of columns between table and file. Table columns: %d, Data columns: %d, File name: %s"
              .formatted(table.size(), stored.size(), source.url()));
    }
    for (int i = 0; i < table.size(); i++) {
      check(source, table.get(i), stored.get(i));
    }
    return read(source, table, rows);
  }

  private void check(Source source, BackendColumn column, StoredColumn stored)
      throws RedshiftRefusal {
    Set<ColumnType> fitting =
        switch (column.base()) {
          case "character varying", "text", "character" -> Set.of(ColumnType.STRING);
          case "boolean" -> Set.of(ColumnType.BOOLEAN);
          case "integer" -> Set.of(ColumnType.INT);
          case "bigint" -> Set.of(ColumnType.BIGINT);
          case "double precision" -> Set.of(ColumnType.DOUBLE);
          case "timestamp without time zone" -> Set.of(ColumnType.TIMESTAMP);
          case "date" -> Set.of(ColumnType.DATE);
          case "bytea" -> Set.of(ColumnType.BINARY);
          default -> Set.of();
        };
    if (stored.type().filter(fitting::contains).isEmpty()) {
      throw loadError(
          source,
          column,
          15001,
          "File '%s' has an incompatible Parquet schema for column '%s.%s'. Column type: %s, Parquet schema: optional %s"
              .formatted(source.url(), source.url(), column.name(), column.type(), stored.kept()));
    }
  }

  private long read(Source source, List<BackendColumn> table, Rows rows)
      throws RedshiftRefusal, IOException {
    long[] count = {0};
    Failure failure = new Failure();
    try (SqlSession session = engine.session()) {
      session.viewAsStored(
          "copied",
          List.of(new StoredFile(source.file(), Files.size(source.file()), Instant.EPOCH)));
      session.forEachRow(
          "SELECT * FROM copied",
          row -> {
            if (failure.refusal != null || failure.io != null) {
              return;
            }
            try {
              for (int i = 0; i < table.size(); i++) {
                check(source, table.get(i), row.get(i));
              }
              rows.row(row, table.size());
              count[0]++;
            } catch (RedshiftRefusal e) {
              failure.refusal = e;
            } catch (IOException e) {
              failure.io = e;
            }
          });
    }
    if (failure.refusal != null) {
      throw failure.refusal;
    }
    if (failure.io != null) {
      throw failure.io;
    }
    return count[0];
  }

  /// What went wrong at a row; a callback cannot throw it.
  private static final class Failure {
    private @org.jspecify.annotations.Nullable RedshiftRefusal refusal;
    private @org.jspecify.annotations.Nullable IOException io;
  }

  @SuppressWarnings("NullAway") // A value of a row may be a SQL null.
  private void check(Source source, BackendColumn column, Object value) throws RedshiftRefusal {
    if (value == null) {
      if (column.required()) {
        errors.note(
            source.session(), source.url(), column, 1213, "Missing data for not-null field");
        throw new RedshiftRefusal(
            "XX000", "Cannot insert a NULL value into column " + column.name());
      }
    } else if (value instanceof String text) {
      int bytes = text.getBytes(StandardCharsets.UTF_8).length;
      if (bytes > column.length()) {
        throw loadError(
            source,
            column,
            1204,
            "The length of the data column %s is longer than the length defined in the table. Table: %d, Data: %d, File name: %s"
                .formatted(column.name(), column.length(), bytes, source.url()));
      }
    }
  }

  private RedshiftRefusal loadError(Source source, BackendColumn column, int code, String context) {
    errors.note(source.session(), source.url(), column, code, context);
    return RedshiftRefusal.scan(context);
  }
}
