package dev.millrace.engine.transform;

import dev.millrace.engine.lake.LakeFile;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// How the rows of a table are spread over its files.
///
/// Files of one date are parted further into stretches of time when a date holds many rows, so that
/// who looks for a time, or puts a late row in, touches a part of the day.
///
/// @param partition date column to write one file set per value of
/// @param stretch how a date is parted further
/// @param carriedApart whether rows whose column {@link #CARRIED} is 1 get files of their own; an
///   engine that cannot do so may leave it
public record FileLayout(
    Optional<String> partition, Optional<Stretch> stretch, boolean carriedApart) {

  /// Beside a table's columns: 1 in rows that stood before and are only written again, 0 in others.
  public static final String CARRIED = "_carried";

  /// About as many rows as a file of a large table holds.
  static final long FILE_ROWS = 500_000;

  private static final long DAY = Duration.ofDays(1).toSeconds() * 1_000_000;
  private static final int[] PARTS_OF_A_DAY = {1, 2, 3, 4, 6, 8, 12, 24, 48, 96, 144, 288};

  /// Equal stretches of time, counted from 1970-01-01T00:00:00Z.
  ///
  /// @param column TIMESTAMP column
  /// @param micros length in microseconds
  public record Stretch(String column, long micros) {}

  public FileLayout {
    if (stretch.isPresent() && partition.isEmpty()) {
      throw new IllegalArgumentException("stretches part a date, and there is none");
    }
  }

  public FileLayout(Optional<String> partition, Optional<Stretch> stretch) {
    this(partition, stretch, false);
  }

  /// This layout with files of their own for rows that are only carried over.
  FileLayout apart() {
    return new FileLayout(partition, stretch, true);
  }

  /// One file set per value of a date column, or of the whole table.
  public static FileLayout by(Optional<String> partition) {
    return new FileLayout(partition, Optional.empty());
  }

  /// The layout of a table by date and, where these files have too many rows of a date, by time.
  ///
  /// @param files what tells how many rows a date has
  /// @param fileRows about as many rows as a file should hold
  static FileLayout by(
      Optional<String> partition,
      Optional<String> time,
      Collection<LakeFile> files,
      long fileRows) {
    if (partition.isEmpty() || time.isEmpty()) {
      return by(partition);
    }
    Map<LocalDate, Long> rows = new HashMap<>();
    for (LakeFile file : files) {
      file.partitionValue().ifPresent(date -> rows.merge(date, file.rows(), Long::sum));
    }
    long most = rows.values().stream().mapToLong(Long::longValue).max().orElse(0);
    int parts = PARTS_OF_A_DAY[0];
    for (int more : PARTS_OF_A_DAY) {
      parts = more;
      if (most / parts <= fileRows) {
        break;
      }
    }
    return parts == 1
        ? by(partition)
        : new FileLayout(partition, Optional.of(new Stretch(time.get(), DAY / parts)));
  }
}
