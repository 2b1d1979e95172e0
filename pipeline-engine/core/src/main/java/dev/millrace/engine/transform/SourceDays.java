package dev.millrace.engine.transform;

import dev.millrace.engine.lake.ColumnStatistics;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.model.Column;
import java.util.List;
import java.util.Optional;

/// A table's rows in order of time, some days at a time. Cuts lie where the day of a file's first
/// row begins, and not at each day: one reading may lie thousands of years off. For one thread.
final class SourceDays {

  private static final long DAY = 86_400_000_000L;

  private final List<LakeFile> files;
  private final Column time;
  private final Neighbourhood rows;
  private final List<Long> cuts;
  private final TimeSpan extent;
  private int next;

  private SourceDays(List<LakeFile> files, Column time) {
    this.files = files;
    this.time = time;
    this.rows = new Neighbourhood(files, time);
    List<TimeSpan> spans = files.stream().flatMap(f -> TimeSpan.of(f, time).stream()).toList();
    this.extent = spans.stream().reduce(TimeSpan::with).orElse(new TimeSpan(0, 0));
    this.cuts =
        spans.stream()
            .map(span -> Math.floorDiv(span.from(), DAY) * DAY)
            .distinct()
            .sorted()
            .skip(1)
            .toList();
  }

  /// Empty when a file does not tell where its rows lie.
  ///
  /// @param time TIMESTAMP column
  static Optional<SourceDays> of(List<LakeFile> files, Column time) {
    return files.stream().allMatch(file -> placed(file, time))
        ? Optional.of(new SourceDays(files, time))
        : Optional.empty();
  }

  private static boolean placed(LakeFile file, Column time) {
    ColumnStatistics told = file.statistics().get(time.name());
    return told != null
        && (told.nulls() >= file.rows() || (told.min().isPresent() && told.max().isPresent()));
  }

  boolean left() {
    return next <= cuts.size();
  }

  /// The days after those taken before; the first go back to the beginning of time, the last to its
  /// end.
  ///
  /// @param most about as many rows as they should hold, a file's rows being thought evenly spread;
  ///   more where one day, or files that span many days, hold more
  TimeSpan take(long most) {
    long from = next == 0 ? TimeSpan.BEGINNING : cuts.get(next - 1);
    int end = next;
    while (end < cuts.size() && rows(from, end + 1) <= most) {
      end++;
    }
    next = end + 1;
    return new TimeSpan(from, end < cuts.size() ? cuts.get(end) : TimeSpan.END);
  }

  private double rows(long from, int cut) {
    return rows(new TimeSpan(from, cut < cuts.size() ? cuts.get(cut) : TimeSpan.END));
  }

  /// About how many rows lie in a span.
  double rows(TimeSpan span) {
    TimeSpan within =
        new TimeSpan(Math.max(span.from(), extent.from()), Math.min(span.to(), extent.to()));
    return within.from() < within.to() ? rows.estimate(List.of(within)) : 0;
  }

  /// Files that may hold rows of a span; rows of no time belong to the beginning.
  List<LakeFile> files(TimeSpan span) {
    return files.stream()
        .filter(
            file ->
                TimeSpan.of(file, time)
                    .map(span::overlaps)
                    .orElse(span.from() <= TimeSpan.BEGINNING))
        .toList();
  }

  /// The condition that a row belongs to a span.
  ///
  /// @param column the column of time as SQL names it
  static String within(TimeSpan span, String column) {
    String within = Extending.within(column, List.of(span));
    return span.from() <= TimeSpan.BEGINNING && span.to() < TimeSpan.END
        ? "(" + within + " OR " + column + " IS NULL)"
        : within;
  }
}
