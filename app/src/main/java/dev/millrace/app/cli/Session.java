package dev.millrace.app.cli;

import dev.millrace.app.metrics.MetricsServer;
import dev.millrace.app.session.EngineSession;
import dev.millrace.app.session.Interruption;
import dev.millrace.engine.api.Command;
import dev.millrace.engine.api.EngineSnapshot.PipelineStatus;
import dev.millrace.engine.api.EngineSnapshot.StreamState;
import dev.millrace.engine.api.EngineSnapshot.StreamStatus;
import dev.millrace.engine.api.EngineSnapshot.WorkStatus;
import dev.millrace.engine.api.Outcome;
import dev.millrace.engine.api.Work;
import dev.millrace.engine.assembly.LocalEngine;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.model.Trouble;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.Pipelines;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A command's engine on one pipeline, with the services it runs on: those that run, or its own.
final class Session implements AutoCloseable {

  private static final long LOOK_MILLIS = 500;
  private static final int COUNTERS_EVERY = 10;
  private static final int FIRST_COUNTERS = 2;

  private final Output output;
  private final EngineSession session;
  private final Pipeline pipeline;
  private final Optional<MetricsServer> metrics;

  private Session(
      Output output, EngineSession session, Pipeline pipeline, Optional<MetricsServer> metrics) {
    this.metrics = metrics;
    this.output = output;
    this.session = session;
    this.pipeline = pipeline;
  }

  /// @throws MillraceException `USAGE` for an unknown pipeline, before anything is started
  static Session open(Millrace millrace, String pipelineName) {
    Output output = millrace.output();
    Home home = millrace.home();
    Pipeline pipeline = new Pipelines(home).find(pipelineName);
    Optional<MetricsServer> metrics = millrace.metrics();
    try {
      EngineSession session =
          EngineSession.open(
              home,
              List.of(pipeline),
              millrace.engine(),
              metrics.map(MetricsServer::registry).orElseGet(SimpleMeterRegistry::new),
              new ProgressLines(output));
      return new Session(output, session, pipeline, metrics);
    } catch (RuntimeException | Error e) {
      metrics.ifPresent(MetricsServer::close);
      throw e;
    }
  }

  LocalEngine engine() {
    return session.engine();
  }

  EngineSession engineSession() {
    return session;
  }

  Pipeline pipeline() {
    return pipeline;
  }

  Output output() {
    return output;
  }

  /// Performs a command to its end, telling its progress; cancelled when the process is asked to
  /// end.
  ///
  /// @throws MillraceException when the work failed or was cancelled
  Outcome.Done perform(Command command) {
    return perform(command, Outcome.Done.class);
  }

  /// As {@link #perform(Command)}, for a command that ends in an outcome of its own.
  <T extends Outcome> T perform(Command command, Class<T> wanted) {
    Work work = engine().submit(command);
    String told = "";
    boolean asked = false;
    while (true) {
      try {
        return switch (work.outcome().get(500, TimeUnit.MILLISECONDS)) {
          case Outcome.Done done -> wanted.cast(done);
          case Outcome.Letters letters -> wanted.cast(letters);
          case Outcome.ReplayPreview preview -> wanted.cast(preview);
          case Outcome.Cared cared -> wanted.cast(cared);
          case Outcome.Suggestions found -> wanted.cast(found);
          case Outcome.Answered answered -> wanted.cast(answered);
          case Outcome.Quality done -> wanted.cast(done);
          case Outcome.LoadPlanned planned -> wanted.cast(planned);
          case Outcome.Reconciled reconciled -> wanted.cast(reconciled);
          case Outcome.Failed failed ->
              throw new MillraceException(failed.code(), failed.what(), failed.remedy());
          case Outcome.Cancelled cancelled ->
              throw new MillraceException(
                  ErrorCode.CANCELLED, cancelled.summary(), Session.afterCancelling(command));
        };
      } catch (TimeoutException _) {
        told = tellProgress(work, told);
        Optional<String> fault = session.services().fault();
        if (fault.isPresent()) {
          work.cancel();
          servicesFailed(fault.get());
        }
        if (Interruption.wished() && !asked) {
          asked = true;
          output.progress("Stopping ...");
          work.cancel();
        }
      } catch (InterruptedException e) {
        work.cancel();
        Thread.currentThread().interrupt();
        throw new MillraceException(ErrorCode.CANCELLED, "Interrupted", "run it again", e);
      } catch (ExecutionException e) {
        throw new IllegalStateException("Work ended without an outcome", e);
      }
    }
  }

  /// Of what only looks nothing is left; a load is whole or not at all; other work goes on from
  /// what it committed.
  private static String afterCancelling(Command command) {
    return switch (command) {
      case Command.Ask _, Command.PreviewLoad _, Command.Reconcile _ ->
          "nothing was changed; run it again at any time";
      case Command.Load _, Command.MendWarehouse _ ->
          "the warehouse stands as before; run it again at any time";
      default -> "run it again to go on from there";
    };
  }

  /// Performs a command and prints its summary and its rows.
  int run(Command command, String rowsName) {
    Outcome.Done done = perform(command);
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("summary", done.summary());
    object.put(rowsName, new TreeMap<>(done.rows()));
    output.result(object, List.of(done.summary()));
    return 0;
  }

  /// Runs a flow and prints its summary, the rows of its steps, and how many expectations its
  /// checks judged.
  int runFlow(Command.RunFlow command) {
    Outcome.Done done = perform(command);
    Map<String, Long> rows = new TreeMap<>();
    Map<String, Long> checks = new TreeMap<>();
    done.rows().forEach((step, n) -> (step.startsWith("check ") ? checks : rows).put(step, n));
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("summary", done.summary());
    object.put("rows", rows);
    object.put("checks", checks);
    output.result(object, List.of(done.summary()));
    return 0;
  }

  private String tellProgress(Work work, String told) {
    Optional<WorkStatus> status =
        engine().snapshot().work().stream().filter(w -> w.id() == work.id()).findFirst();
    String line =
        status
            .map(WorkStatus::stand)
            .map(
                s ->
                    s.total() > 0
                        ? "%s: %,d of %,d".formatted(s.what(), s.done(), s.total())
                        : s.done() > 0 ? "%s: %,d".formatted(s.what(), s.done()) : s.what())
            .orElse("");
    if (!line.isEmpty() && !line.equals(told)) {
      output.progress(line);
    }
    return line;
  }

  /// The stream as it stands.
  StreamStatus stream(Feed feed) {
    return engine()
        .snapshot()
        .pipeline(pipeline.name())
        .map(PipelineStatus::streams)
        .orElse(List.of())
        .stream()
        .filter(s -> s.feed().equals(feed.name()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("No status of stream " + feed.name()));
  }

  /// Tells the stream's counters, and what keeps it from going on, until the process is asked to
  /// end or the stream fails. Services that another process runs may end and come back meanwhile.
  int watchStream(Feed feed) throws InterruptedException {
    List<Trouble.Kind> told = List.of();
    for (int look = 1; !Interruption.await(LOOK_MILLIS); look++) {
      StreamStatus stream = stream(feed);
      if (stream.state() == StreamState.FAILED) {
        throw new MillraceException(
            ErrorCode.SERVICE, "The stream failed: " + stream.message(), "see the log file");
      }
      Optional<String> fault = session.services().fault();
      if (fault.isPresent() && session.services().owner()) {
        servicesFailed(fault.get());
      }
      List<Trouble.Kind> troubles = stream.troubles().stream().map(Trouble::kind).toList();
      if (!troubles.equals(told)) {
        output.progress(troubles.isEmpty() ? "The stream goes on" : "Held up: " + stream.message());
        told = troubles;
      }
      if (look == FIRST_COUNTERS || look % COUNTERS_EVERY == 0) {
        output.progress(new StreamText(stream).line(Instant.now()));
      }
    }
    output.progress("Committing what is open ...");
    return ended(feed, perform(new Command.StopStream(pipeline.name(), feed.name())));
  }

  /// What the stream has done, and prints it with the words of the work that ended.
  int ended(Feed feed, Outcome.Done done) {
    StreamStatus stream = stream(feed);
    StreamText text = new StreamText(stream);
    text.ends(pipeline.name()).forEach(output::progress);
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("summary", done.summary());
    object.put("rows", new TreeMap<>(done.rows()));
    object.put("stream", text.object());
    output.result(object, List.of(done.summary()));
    return 0;
  }

  private static void servicesFailed(String fault) {
    throw new MillraceException(
        ErrorCode.SERVICE, fault, "run it again; what was committed is safe");
  }

  @Override
  public void close() {
    try {
      session.close();
    } finally {
      metrics.ifPresent(MetricsServer::close);
    }
  }
}
