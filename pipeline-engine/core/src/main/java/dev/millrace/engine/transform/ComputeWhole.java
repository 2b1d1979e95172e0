package dev.millrace.engine.transform;

import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.pipeline.DerivedTable;
import dev.millrace.engine.pipeline.Reach;
import dev.millrace.engine.transform.Sources.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Computes all rows of a table from its sources as files that no commit names yet: some days after
/// others where the engine's memory asks for it and the table's reach allows it, and at one go
/// otherwise.
final class ComputeWhole {

  private static final Logger log = LoggerFactory.getLogger(ComputeWhole.class);

  private static final String SOURCE = "_source";

  private final DerivedTable table;
  private final SqlSession session;
  private final LakeTable target;
  private final FileLayout layout;
  private final String sql;
  private final FilesRead.Counter read;
  private final CancelWatch watch;

  /// @param sql the author's, parameters put in
  /// @param watch is told which part of the work is under way
  ComputeWhole(
      DerivedTable table,
      SqlSession session,
      LakeTable target,
      FileLayout layout,
      String sql,
      FilesRead.Counter read,
      CancelWatch watch) {
    this.table = table;
    this.session = session;
    this.target = target;
    this.layout = layout;
    this.sql = sql;
    this.read = read;
    this.watch = watch;
  }

  /// @param most source rows that the engine should see at a time
  List<LakeFile> from(Sources sources, long most) {
    List<LakeFile> files = new ArrayList<>();
    try {
      if (sources.rows() > most && byDays(sources.tables().getFirst(), most, files)) {
        return files;
      }
      atOneGo(sources, files);
      return files;
    } catch (RuntimeException e) {
      BuildTable.discard(files);
      throw e;
    }
  }

  private void atOneGo(Sources sources, List<LakeFile> files) {
    for (Source source : sources.tables()) {
      read.add(source.snapshot().files());
      session.view(source.view(), source.table().schema(), source.snapshot().files());
    }
    watch.part(0, 1);
    files.addAll(session.write(sql, target.schema(), layout, target::dataFolder));
  }

  /// @param files is given what was written
  /// @return whether it is everything; otherwise nothing is left behind
  private boolean byDays(Source source, long most, List<LakeFile> files) {
    String sourceTime;
    Column time;
    Optional<LookbackTail> tail;
    switch (table.reach()) {
      case Reach.Whole() -> {
        return false;
      }
      case Reach.Window window -> {
        sourceTime = window.time();
        time = target.schema().column(window.start()).orElseThrow();
        tail = Optional.empty();
      }
      case Reach.Lookback lookback -> {
        sourceTime = lookback.time();
        time = target.schema().column(lookback.time()).orElseThrow();
        tail = Optional.of(new LookbackTail(session, lookback, target.schema()));
      }
    }
    Optional<SourceDays> told =
        SourceDays.of(
            source.snapshot().files(), source.table().schema().column(sourceTime).orElseThrow());
    if (told.isEmpty()) {
      return false;
    }
    SourceDays days = told.get();
    double done = 0;
    while (days.left()) {
      // Worth it while most of what is seen is new.
      TimeSpan span = days.take(Math.max(most, 4 * tail.map(LookbackTail::rows).orElse(0L)));
      double share = days.rows(span) / Math.max(1, source.snapshot().rows());
      watch.part(done, done + share);
      done += share;
      List<LakeFile> computed = computed(source, sourceTime, days, span, time, tail);
      files.addAll(computed);
      if (!own(computed, time, span)) {
        log.warn(
            "{} gives rows that lie outside the time of their source rows, against its definition;"
                + " it is computed at one go",
            table.name());
        BuildTable.discard(files);
        files.clear();
        return false;
      }
      if (days.left()) {
        tail.ifPresent(t -> t.moveOn(computed, source.view()));
      }
    }
    return true;
  }

  private List<LakeFile> computed(
      Source source,
      String sourceTime,
      SourceDays days,
      TimeSpan span,
      Column time,
      Optional<LookbackTail> tail) {
    List<LakeFile> seen = days.files(span);
    read.add(seen);
    session.view(SOURCE, source.table().schema(), seen);
    String rows =
        "SELECT * FROM %s WHERE %s"
            .formatted(SOURCE, SourceDays.within(span, session.quoted(sourceTime)));
    session.query(source.view(), tail.map(t -> t.with(rows)).orElse(rows));
    if (tail.isEmpty()) {
      return session.write(sql, target.schema(), layout, target::dataFolder);
    }
    session.query(Extending.OUTPUT, sql);
    return session.write(
        "SELECT %s FROM %s WHERE %s"
            .formatted(
                Columns.of(session, target.schema()),
                Extending.OUTPUT,
                SourceDays.within(span, session.quoted(time.name()))),
        target.schema(),
        layout,
        target::dataFolder);
  }

  /// Whether all rows lie within the span, so that no other days give them too.
  private static boolean own(List<LakeFile> computed, Column time, TimeSpan span) {
    return computed.stream()
        .flatMap(file -> TimeSpan.of(file, time).stream())
        .allMatch(own -> span.from() <= own.from() && own.to() <= span.to());
  }
}
