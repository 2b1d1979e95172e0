package dev.millrace.engine.quality;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.transform.CancelWatch;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.SqlSession;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Where SQL that a suite's author wrote is run: in an engine apart, which has the judged rows and
/// the tables that the suite names, and reaches nothing else of the machine. It is opened by the
/// first such SQL, so that other suites pay nothing. For one thread.
final class SuiteQueries implements Supplier<SqlSession>, AutoCloseable {

  private final SqlEngine engine;
  private final Progress progress;
  private final String what;
  private final Consumer<SqlSession> views;
  private @Nullable SqlEngine apart;
  private @Nullable SqlSession session;
  private @Nullable CancelWatch watch;

  /// @param views makes all that the SQL may read in a session
  SuiteQueries(SqlEngine engine, Progress progress, String what, Consumer<SqlSession> views) {
    this.engine = engine;
    this.progress = progress;
    this.what = what;
    this.views = views;
  }

  /// Why SQL was not run, for people.
  static String refusal(MillraceException e) {
    return e.what().contains("disabled by configuration")
        ? "the query reads something beside the judged rows and the pipeline's tables, which a"
            + " suite may not: "
            + e.what()
        : e.what();
  }

  @Override
  public SqlSession get() {
    SqlSession open = session;
    if (open != null) {
      return open;
    }
    SqlEngine own = engine.apart();
    apart = own;
    SqlSession made = own.session();
    session = made;
    watch = CancelWatch.over(made, progress, what);
    views.accept(made);
    made.seal();
    return made;
  }

  @Override
  public void close() {
    if (watch != null) {
      watch.close();
    }
    if (session != null) {
      session.close();
    }
    if (apart != null) {
      apart.close();
    }
  }
}
