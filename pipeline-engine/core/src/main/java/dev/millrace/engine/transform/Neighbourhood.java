package dev.millrace.engine.transform;

import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.model.Column;
import java.util.Collection;
import java.util.List;

/// How far around a time a table must be looked at to see enough of its rows, told by the
/// statistics of its files. Times in microseconds.
final class Neighbourhood {

  private static final long LEAST = 600_000_000L;

  /// Beyond any time there is, and far from an overflow.
  private static final long MOST = 1L << 58;

  private final List<LakeFile> files;
  private final Column time;
  private final List<Stretch> stretches;
  private final TimeSpan extent;

  private record Stretch(TimeSpan span, long rows) {}

  /// @param files the table's live files
  /// @param time its column of time
  Neighbourhood(List<LakeFile> files, Column time) {
    this.files = files;
    this.time = time;
    this.stretches =
        files.stream()
            .flatMap(f -> TimeSpan.of(f, time).stream().map(span -> new Stretch(span, f.rows())))
            .toList();
    this.extent =
        stretches.stream().map(Stretch::span).reduce(TimeSpan::with).orElse(new TimeSpan(0, 0));
  }

  /// The time within `wide` times as long as holds about `rows` rows before `from`, on both sides;
  /// its ends are open where nothing lies beyond them.
  TimeSpan around(long from, long to, long rows, long wide) {
    long length = Math.min(MOST, before(from, rows) * wide);
    return new TimeSpan(
        from - length <= extent.from() ? TimeSpan.BEGINNING : from - length,
        to + length >= extent.to() ? TimeSpan.END : to + length);
  }

  private long before(long at, long rows) {
    long length = LEAST;
    while (length < MOST / 2
        && at - length > extent.from()
        && estimate(new TimeSpan(at - length, at)) < rows) {
      length *= 2;
    }
    return length;
  }

  /// Rows within spans that do not overlap, a file's rows being thought evenly spread.
  double estimate(Collection<TimeSpan> spans) {
    return spans.stream().mapToDouble(this::estimate).sum();
  }

  private double estimate(TimeSpan span) {
    double rows = 0;
    for (Stretch stretch : stretches) {
      TimeSpan own = stretch.span();
      if (own.overlaps(span)) {
        double common = Math.min(own.to(), span.to()) - (double) Math.max(own.from(), span.from());
        rows += stretch.rows() * common / (own.to() - (double) own.from());
      }
    }
    return rows;
  }

  /// Files that may hold rows of the spans.
  List<LakeFile> of(Collection<TimeSpan> spans) {
    return TimeSpan.overlapping(files, time, spans);
  }
}
