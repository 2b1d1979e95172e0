package dev.millrace.simulator.replay;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.error.Problem;
import dev.millrace.engine.error.ProblemsException;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.yaml.Nearest;
import dev.millrace.simulator.Ticker;
import dev.millrace.simulator.replay.ReplayMapping.BadRows;
import dev.millrace.simulator.replay.ReplayMapping.Header;
import dev.millrace.simulator.replay.RowEvents.Made;
import dev.millrace.simulator.sink.EventSink;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Sends the rows of a historical CSV file as events with the times they have in the file.
///
/// Rows are sent in the file's order. At a speed, an event waits until its time has come, counted
/// from the first row's; one that lies before its time is sent at once.
public final class Replay {

  private static final int MOST_TOLD = 20;
  private static final int REPORT_EVERY = 2000;
  private static final long LONGEST_WAIT = 100_000_000L;

  private final Path file;
  private final ReplayMapping mapping;
  private final EventSink sink;
  private final ReplaySpeed speed;
  private final Ticker ticker;
  private final Progress progress;
  private final List<Problem> firstBad = new ArrayList<>();
  private long rows;
  private long events;
  private long nulls;
  private long badRows;
  private long stepsBack;
  private long startNanos;
  private long bytesRead;
  private long bytesInAll;
  private @Nullable Instant start;
  private @Nullable Instant before;
  private @Nullable Instant first;
  private @Nullable Instant last;

  private Replay(
      Path file,
      ReplayMapping mapping,
      EventSink sink,
      ReplaySpeed speed,
      Ticker ticker,
      Progress progress) {
    this.file = file;
    this.mapping = mapping;
    this.sink = sink;
    this.speed = speed;
    this.ticker = ticker;
    this.progress = progress;
  }

  /// Sends on the calling thread; at its return everything is acknowledged.
  ///
  /// @param sink flushed, not closed
  /// @throws ProblemsException when mapping, file and pipeline do not fit, or a row is bad and the
  ///   mapping says that this fails
  /// @throws MillraceException when the file cannot be read
  public static ReplayResult run(
      Path file,
      ReplayMapping mapping,
      Pipeline pipeline,
      EventSink sink,
      ReplaySpeed speed,
      Progress progress) {
    return run(file, mapping, pipeline, sink, speed, progress, Ticker.system());
  }

  static ReplayResult run(
      Path file,
      ReplayMapping mapping,
      Pipeline pipeline,
      EventSink sink,
      ReplaySpeed speed,
      Progress progress,
      Ticker ticker) {
    Replay replay = new Replay(file, mapping, sink, speed, ticker, progress);
    return replay.run(feed(mapping, pipeline));
  }

  /// Looks at the file's header and the mapping, and sends nothing.
  ///
  /// @param fleet kinds of reading the pipeline's fleet has, beside those it has ranges for
  /// @throws ProblemsException with all that does not fit the file, the feed or the pipeline
  /// @throws MillraceException when the file cannot be read or the feed is none
  public static Feed check(Path file, ReplayMapping mapping, Pipeline pipeline, Set<String> fleet) {
    Feed feed = feed(mapping, pipeline);
    Set<String> kinds = new TreeSet<>(pipeline.ranges().keySet());
    kinds.addAll(fleet);
    try (CsvRows csv = new CsvRows(file, mapping.charset(), mapping.delimiter(), mapping.quote())) {
      RowEvents.check(mapping, feed, begin(file, mapping, csv).header(), stem(file), kinds);
    }
    return feed;
  }

  /// @param first row of readings
  private record Beginning(List<String> header, Optional<CsvRows.Row> first) {}

  private static Beginning begin(Path file, ReplayMapping mapping, CsvRows csv) {
    List<String> header = mapping.columns();
    if (mapping.header() != Header.NO) {
      header = names(csv.next().orElseThrow(() -> empty(file)));
    }
    Optional<CsvRows.Row> first = csv.next();
    if (mapping.header() == Header.RAGGED
        && first.isPresent()
        && first.get().fields().size() == header.size() + 1) {
      header = new ArrayList<>(header);
      header.addFirst("");
    }
    return new Beginning(header, first);
  }

  static Feed feed(ReplayMapping mapping, Pipeline pipeline) {
    List<String> names = pipeline.feeds().stream().map(Feed::name).toList();
    if (mapping.feed().isEmpty() && names.size() > 1) {
      throw new MillraceException(
          ErrorCode.USAGE,
          "the pipeline " + pipeline.name() + " has several feeds",
          "write `feed:` into the mapping, one of " + String.join(", ", names));
    }
    String name = mapping.feed().orElse(names.getFirst());
    return pipeline
        .feed(name)
        .orElseThrow(
            () ->
                new MillraceException(
                    ErrorCode.USAGE,
                    "the pipeline " + pipeline.name() + " has no feed '" + name + "'",
                    Nearest.remedy(name, names)));
  }

  private ReplayResult run(Feed feed) {
    boolean cancelled = false;
    try (CsvRows csv = new CsvRows(file, mapping.charset(), mapping.delimiter(), mapping.quote())) {
      Beginning beginning = begin(file, mapping, csv);
      List<String> header = beginning.header();
      Optional<CsvRows.Row> row = beginning.first();
      RowEvents maker = RowEvents.of(mapping, feed, header, stem(file));
      while (row.isPresent() && !cancelled) {
        rows++;
        bytesRead = csv.read();
        bytesInAll = csv.size();
        if (rows % REPORT_EVERY == 1) {
          progress.report("bytes of " + file.getFileName(), bytesRead, bytesInAll);
        }
        cancelled = progress.cancelled() || !take(row.get(), header.size(), maker);
        row = csv.next();
      }
      progress.report("bytes of " + file.getFileName(), csv.read(), csv.size());
    }
    sink.flush();
    return new ReplayResult(
        rows,
        events,
        nulls,
        badRows,
        firstBad,
        stepsBack,
        Optional.ofNullable(first),
        Optional.ofNullable(last),
        cancelled);
  }

  static List<String> names(CsvRows.Row header) {
    return header.fields().stream().map(String::strip).toList();
  }

  /// The file's name without its ending.
  static String stem(Path file) {
    String name = String.valueOf(file.getFileName()).replaceFirst("\\.gz$", "");
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  private static MillraceException empty(Path file) {
    return new MillraceException(
        ErrorCode.FILE, "the file " + file + " is empty", "name a CSV file with rows");
  }

  /// @return false when the work was cancelled while it waited
  private boolean take(CsvRows.Row row, int width, RowEvents maker) {
    Made made =
        row.fields().size() == width
            ? maker.made(row.fields())
            : new Made.Bad(
                "the row has " + row.fields().size() + " fields and should have " + width,
                row.fields().size() == width + 1
                    ? "mend the row, or write `header: ragged` when all rows are so"
                    : "mend the row");
    return switch (made) {
      case Made.Bad(String what, String remedy) -> {
        bad(new Problem(file.toString(), row.line(), what, remedy));
        yield true;
      }
      case Made.Events(Instant time, List<RowEvents.Event> made2, int none) -> {
        nulls += none;
        if (!waitFor(time)) {
          yield false;
        }
        for (RowEvents.Event event : made2) {
          sink.send(event.key(), event.value());
          events++;
        }
        if (!made2.isEmpty()) {
          first = first == null || time.isBefore(first) ? time : first;
          last = last == null || time.isAfter(last) ? time : last;
        }
        yield true;
      }
    };
  }

  private void bad(Problem problem) {
    badRows++;
    if (firstBad.size() < MOST_TOLD) {
      firstBad.add(problem);
    }
    if (mapping.badRows() == BadRows.FAIL) {
      sink.flush();
      throw new ProblemsException("The file " + file, List.of(problem));
    }
  }

  private boolean waitFor(Instant time) {
    if (before != null && time.isBefore(before)) {
      stepsBack++;
    }
    before = time;
    if (start == null) {
      start = time;
      startNanos = ticker.nanos();
    }
    if (speed.isMax()) {
      return true;
    }
    Duration since = Duration.between(start, time);
    double due = (since.toSeconds() * 1e9 + since.toNanosPart()) / speed.factor();
    while (true) {
      double left = due - (ticker.nanos() - startNanos);
      if (left <= 0) {
        return true;
      }
      if (progress.cancelled() || Thread.currentThread().isInterrupted()) {
        return false;
      }
      progress.report("bytes of " + file.getFileName(), bytesRead, bytesInAll);
      ticker.await((long) Math.ceil(Math.min(LONGEST_WAIT, left)));
    }
  }
}
