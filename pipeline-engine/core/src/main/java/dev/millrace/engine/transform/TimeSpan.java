package dev.millrace.engine.transform;

import dev.millrace.engine.lake.ColumnStatistics;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.model.Column;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A stretch of time in microseconds since 1970-01-01T00:00:00Z.
///
/// @param from included
/// @param to excluded
record TimeSpan(long from, long to) {

  static final long BEGINNING = Long.MIN_VALUE / 4;
  static final long END = Long.MAX_VALUE / 4;

  private static final long DAY = 86_400_000_000L;

  boolean overlaps(TimeSpan other) {
    return from < other.to && other.from < to;
  }

  boolean touches(TimeSpan other) {
    return from <= other.to && other.from <= to;
  }

  TimeSpan with(TimeSpan other) {
    return new TimeSpan(Math.min(from, other.from), Math.max(to, other.to));
  }

  /// The spans in order, those that touch as one.
  static List<TimeSpan> merged(Collection<TimeSpan> spans) {
    List<TimeSpan> merged = new ArrayList<>();
    for (TimeSpan span : spans.stream().sorted(Comparator.comparingLong(TimeSpan::from)).toList()) {
      if (!merged.isEmpty() && merged.getLast().touches(span)) {
        merged.set(merged.size() - 1, merged.getLast().with(span));
      } else {
        merged.add(span);
      }
    }
    return merged;
  }

  /// Where a file's values of a TIMESTAMP or DATE column lie; empty when all of them are null. A
  /// file that does not tell may hold any.
  static Optional<TimeSpan> of(LakeFile file, Column column) {
    ColumnStatistics statistics = file.statistics().get(column.name());
    if (statistics == null) {
      return Optional.of(new TimeSpan(BEGINNING, END));
    }
    if (statistics.nulls() >= file.rows()) {
      return Optional.empty();
    }
    return Optional.of(
        new TimeSpan(
            statistics.min().map(TimeSpan::micros).orElse(BEGINNING),
            statistics.max().map(max -> micros(max) + 1).orElse(END)));
  }

  /// The files that may hold values within one of the spans.
  static List<LakeFile> overlapping(
      Collection<LakeFile> files, Column column, Collection<TimeSpan> spans) {
    return files.stream()
        .filter(
            file ->
                of(file, column)
                    .filter(own -> spans.stream().anyMatch(span -> span.overlaps(own)))
                    .isPresent())
        .toList();
  }

  /// Microseconds of a TIMESTAMP's or a DATE's statistics.
  private static long micros(Object value) {
    return value instanceof Integer day ? day * DAY : (Long) value;
  }
}
