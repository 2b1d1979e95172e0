package dev.millrace.engine.transform;

import dev.millrace.engine.lake.LakeChanges;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.pipeline.Reach;
import dev.millrace.engine.transform.Extending.Chosen;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Extends a table whose rows depend on windows of time: the windows in which source rows came or
/// went are computed anew from all of their rows, and exactly their rows are replaced.
final class ExtendWindows {

  private static final String TOUCHED = "_touched";

  private final Extending extending;
  private final SqlSession session;
  private final Reach.Window reach;

  ExtendWindows(Extending extending, Reach.Window reach) {
    this.extending = extending;
    this.session = extending.session();
    this.reach = reach;
  }

  /// @param sql the author's, parameters put in
  Extension of(LakeChanges changes, String sql) {
    if (extending.rowsWithoutCount(changes, List.of(reach.time()), sql)) {
      return new Extension.NotPossible(
          "rows without " + reach.time() + " came or went, and the SQL makes something of them");
    }
    long size = reach.size().toSeconds() * 1_000_000;
    Column time = extending.source().table().schema().column(reach.time()).orElseThrow();
    Column start = extending.target().schema().column(reach.start()).orElseThrow();
    String window = window("unix_micros(" + session.quoted(time.name()) + ")", size);
    session.table(
        TOUCHED,
        ChangedRows.groups(
            session, extending.source().table(), changes, window, time.name(), extending.read()));
    List<TimeSpan> touched = touched(size);
    if (touched.isEmpty()) {
      return extending.nothing();
    }
    Chosen standing = Chosen.where(isTouched(micros(start)));
    List<LakeFile> replaced = extending.holding(touched, start, standing);
    long computed =
        (long) new Neighbourhood(extending.source().snapshot().files(), time).estimate(touched);
    Optional<Extension> dearer = extending.dearer(computed, replaced);
    if (dearer.isPresent()) {
      return dearer.get();
    }
    extending.narrow(touched, time, Chosen.where(isTouched(window)), sql, true);
    if (Numbers.one(
            session, "SELECT count(*) FROM " + Extending.OUTPUT + " AS _r" + standing.notIn())
        > 0) {
      return new Extension.NotPossible(
          "the SQL gives rows whose "
              + reach.start()
              + " is not the window of "
              + reach.size()
              + " their source rows lie in");
    }
    return extending.rows("TRUE", Chosen.ALL, replaced, standing);
  }

  /// The touched windows in order, neighbours as one.
  private List<TimeSpan> touched(long size) {
    List<TimeSpan> spans = new ArrayList<>();
    for (long[] row : Numbers.rows(session, "SELECT w FROM " + TOUCHED)) {
      spans.add(new TimeSpan(row[0], row[0] + size));
    }
    return TimeSpan.merged(spans);
  }

  private String micros(Column start) {
    String name = session.quoted(start.name());
    return start.type() == ColumnType.DATE
        ? "unix_micros(CAST(" + name + " AS timestamp))"
        : "unix_micros(" + name + ")";
  }

  private static String isTouched(String start) {
    return start + " IN (SELECT w FROM " + TOUCHED + ")";
  }

  /// The start of the window a time lies in, also before 1970.
  static String window(String micros, long size) {
    return "%1$s - (%1$s %% %2$d + %2$d) %% %2$d".formatted(micros, size);
  }
}
