package dev.millrace.engine.transform;

import dev.millrace.engine.lake.ColumnStatistics;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.pipeline.DerivedTable;
import dev.millrace.engine.pipeline.Reach;
import dev.millrace.engine.transform.Sources.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The parts in which a whole table is computed. Aggregates such as percentiles hold every value
/// they see in memory, so a table of windows of time is computed some days at a time: a day's end
/// is a window's end too.
final class DaySlices {

  /// Source rows of a slice: percentiles of so many take about half a gigabyte.
  static final long ROWS = 8_000_000;

  private static final String SOURCE = "_source";
  private static final long DAY = 86_400_000_000L;

  private DaySlices() {}

  /// What the author's SQL sees of the sources at a time.
  sealed interface Slice {

    /// Puts the sources' views in place.
    void show(SqlSession session, FilesRead.Counter read);
  }

  private record Everything(Sources sources) implements Slice {
    @Override
    public void show(SqlSession session, FilesRead.Counter read) {
      for (Source source : sources.tables()) {
        read.add(source.snapshot().files());
        session.view(source.view(), source.table().schema(), source.snapshot().files());
      }
    }
  }

  private record Days(Source source, Column time, TimeSpan span) implements Slice {
    @Override
    public void show(SqlSession session, FilesRead.Counter read) {
      List<LakeFile> files = TimeSpan.overlapping(source.snapshot().files(), time, List.of(span));
      read.add(files);
      session.view(SOURCE, source.table().schema(), files);
      session.query(
          source.view(),
          "SELECT * FROM %s WHERE %s"
              .formatted(SOURCE, Extending.within(session.quoted(time.name()), List.of(span))));
    }
  }

  /// @param most source rows of a slice, a file's rows being thought evenly spread; more where a
  ///   day, or files that span many days, hold more
  static List<Slice> of(DerivedTable table, Sources sources, long most) {
    if (!(table.reach() instanceof Reach.Window window) || sources.tables().size() != 1) {
      return List.of(new Everything(sources));
    }
    Source source = sources.tables().getFirst();
    Optional<Column> time = source.table().schema().column(window.time());
    if (source.snapshot().rows() <= most
        || time.isEmpty()
        || !placed(source.snapshot().files(), window.time())) {
      return List.of(new Everything(sources));
    }
    return days(source, time.get(), most);
  }

  /// Whether each file tells where its rows lie, and none lies nowhere.
  private static boolean placed(List<LakeFile> files, String time) {
    return files.stream()
        .allMatch(
            file -> {
              ColumnStatistics told = file.statistics().get(time);
              return told != null
                  && told.nulls() == 0
                  && told.min().isPresent()
                  && told.max().isPresent();
            });
  }

  private static List<Slice> days(Source source, Column time, long most) {
    List<LakeFile> files = source.snapshot().files();
    Neighbourhood neighbourhood = new Neighbourhood(files, time);
    TimeSpan extent =
        files.stream()
            .flatMap(file -> TimeSpan.of(file, time).stream())
            .reduce(TimeSpan::with)
            .orElseThrow();
    // Cut where a file's day begins, and not day by day: one reading may lie thousands of years
    // off.
    List<Long> days =
        files.stream()
            .flatMap(file -> TimeSpan.of(file, time).stream())
            .map(span -> Math.floorDiv(span.from(), DAY) * DAY)
            .distinct()
            .sorted()
            .toList();
    List<Slice> slices = new ArrayList<>();
    long from = days.getFirst();
    for (int i = 1; i < days.size(); i++) {
      long next = i + 1 < days.size() ? days.get(i + 1) : extent.to();
      if (neighbourhood.estimate(List.of(new TimeSpan(from, next))) > most) {
        slices.add(new Days(source, time, new TimeSpan(from, days.get(i))));
        from = days.get(i);
      }
    }
    slices.add(new Days(source, time, new TimeSpan(from, extent.to())));
    return slices;
  }
}
