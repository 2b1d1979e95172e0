package dev.millrace.engine.transform.duckdb;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.model.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Tells a table's data file that is missing or damaged from SQL that is wrong.
final class DamagedFile {

  /// Failures that no file is to blame for.
  private static final Pattern OF_THE_SQL =
      Pattern.compile(
          "^(INTERRUPT|Catalog|Parser|Binder|Syntax|Out of Memory|Permission|Conversion)\\b.*",
          Pattern.DOTALL);

  /// What DuckDB says of a footer or header of a page that it cannot understand, naming no file.
  private static final String UNTOLD = "Invalid Error: ";

  private static final String DAMAGED = "is damaged or cannot be read";

  private DamagedFile() {}

  /// The failure for the file that a statement failed by; empty when it was none.
  ///
  /// @param files what the session's views read, by where it lies here
  static Optional<MillraceException> of(SQLException cause, Map<Path, LakeFile> files) {
    String message = String.valueOf(cause.getMessage());
    if (OF_THE_SQL.matcher(message).matches()) {
      return Optional.empty();
    }
    for (Map.Entry<Path, LakeFile> each : files.entrySet()) {
      Optional<String> wrong = wrong(each.getKey(), each.getValue(), message);
      if (wrong.isPresent()) {
        Path path = each.getValue().path();
        return Optional.of(failure("The data file " + path, path, wrong.get(), cause));
      }
    }
    return message.startsWith(UNTOLD) ? unnamed(cause, files) : Optional.empty();
  }

  private static Optional<MillraceException> unnamed(
      SQLException cause, Map<Path, LakeFile> files) {
    List<Path> paths = files.values().stream().map(LakeFile::path).toList();
    if (paths.size() == 1) {
      return Optional.of(
          failure("The data file " + paths.getFirst(), paths.getFirst(), DAMAGED, cause));
    }
    List<String> tables =
        paths.stream()
            .flatMap(path -> table(path).stream())
            .map(TableName::toString)
            .distinct()
            .toList();
    return paths.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new MillraceException(
                ErrorCode.LAKE,
                "One of the %,d data files of %s that were read is damaged: %s"
                    .formatted(
                        paths.size(), String.join(", ", tables), DuckDbErrors.firstLine(cause)),
                "ask for one date after another to find it, and put it back from a backup; 'millrace"
                    + " table rebuild' computes a Silver or Gold table anew",
                cause));
  }

  private static Optional<String> wrong(Path here, LakeFile file, String message) {
    try {
      if (Files.notExists(here)) {
        return Optional.of("is missing");
      }
      long bytes = Files.size(here);
      if (bytes != file.bytes()) {
        return Optional.of(
            "is damaged: it has %,d bytes, and %,d were written".formatted(bytes, file.bytes()));
      }
      return message.contains(here.toAbsolutePath().toString())
          ? Optional.of(DAMAGED)
          : Optional.empty();
    } catch (IOException e) {
      return Optional.of("cannot be read: " + e.getMessage());
    }
  }

  private static MillraceException failure(
      String what, Path file, String wrong, SQLException cause) {
    Optional<TableName> table = table(file);
    String of = table.map(name -> " of table " + name).orElse("");
    return new MillraceException(
        ErrorCode.LAKE,
        what + of + " " + wrong,
        "put the file back from a backup" + table.map(DamagedFile::otherwise).orElse(""),
        cause);
  }

  private static String otherwise(TableName table) {
    return switch (table.layer()) {
      case SILVER, GOLD ->
          "; or 'millrace table rebuild %s' computes the table anew".formatted(table);
      case BRONZE, DEAD_LETTERS, QUARANTINE ->
          "; or 'millrace table restore %1$s --version V' goes back to a version without it, from 'millrace table history %1$s'"
              .formatted(table);
    };
  }

  /// The table whose folder a data file lies in.
  private static Optional<TableName> table(Path file) {
    Path folder = file.getParent();
    while (folder != null && folder.getFileName() != null && isPartition(folder)) {
      folder = folder.getParent();
    }
    Path layer = folder == null ? null : folder.getParent();
    return folder == null || layer == null
        ? Optional.empty()
        : TableName.parse(layer.getFileName() + "." + folder.getFileName());
  }

  private static boolean isPartition(Path folder) {
    return String.valueOf(folder.getFileName()).contains("=");
  }
}
