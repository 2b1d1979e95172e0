package dev.millrace.engine.transform;

import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeSnapshot;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.DerivedTable;
import dev.millrace.engine.pipeline.Pipeline;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What a derived table was built from, as two numbers that are committed with it.
///
/// They stand among the source versions under names that no table can have, beside the rows of each
/// source.
///
/// @param definition of the SQL, the pipeline's version and, where the SQL reads them, the ranges
/// @param inputs of the live files of the source tables; versions would not do, for a version may
///   bring no file, and reading the same files again changes nothing
record Fingerprint(long definition, long inputs) {

  private static final String DEFINITION = "definition";
  private static final String INPUTS = "inputs";
  private static final String ROWS = "rows/";
  private static final Pattern RANGES = Pattern.compile("\\branges\\b");

  static Fingerprint of(
      Pipeline pipeline, DerivedTable table, Map<TableName, LakeSnapshot> sources) {
    return new Fingerprint(definitionOf(pipeline, table), inputsOf(sources));
  }

  boolean isOf(LakeSnapshot target) {
    return Long.valueOf(definition).equals(target.sourceVersions().get(DEFINITION))
        && Long.valueOf(inputs).equals(target.sourceVersions().get(INPUTS));
  }

  /// How many rows each source had when the table was built; empty when it was not built so.
  static Map<TableName, Long> sourceRows(LakeSnapshot target) {
    Map<TableName, Long> rows = new TreeMap<>();
    target
        .sourceVersions()
        .forEach(
            (name, value) -> {
              if (name.startsWith(ROWS)) {
                TableName.parse(name.substring(ROWS.length())).ifPresent(t -> rows.put(t, value));
              }
            });
    return rows;
  }

  /// The source versions to commit: the tables', their rows, and this fingerprint.
  Map<String, Long> with(Map<TableName, LakeSnapshot> sources) {
    Map<String, Long> versions = new TreeMap<>();
    sources.forEach(
        (name, snapshot) -> {
          versions.put(name.toString(), snapshot.version());
          versions.put(ROWS + name, snapshot.rows());
        });
    versions.put(DEFINITION, definition);
    versions.put(INPUTS, inputs);
    return versions;
  }

  private static long definitionOf(Pipeline pipeline, DerivedTable table) {
    MessageDigest digest = sha256();
    add(digest, table.sql());
    add(digest, pipeline.version());
    if (RANGES.matcher(table.sql()).find()) {
      new TreeMap<>(pipeline.ranges())
          .forEach((kind, range) -> add(digest, kind + "|" + range.low() + "|" + range.high()));
    }
    return number(digest);
  }

  private static long inputsOf(Map<TableName, LakeSnapshot> sources) {
    MessageDigest digest = sha256();
    new TreeMap<>(sources)
        .forEach(
            (name, snapshot) -> {
              add(digest, name.toString());
              List<String> files = snapshot.files().stream().map(Fingerprint::of).sorted().toList();
              files.forEach(file -> add(digest, file));
            });
    return number(digest);
  }

  private static String of(LakeFile file) {
    return file.path().getFileName() + "|" + file.rows() + "|" + file.bytes();
  }

  private static void add(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }

  /// Not negative, as readers of Delta's markers may expect.
  private static long number(MessageDigest digest) {
    return ByteBuffer.wrap(digest.digest()).getLong() & Long.MAX_VALUE;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
