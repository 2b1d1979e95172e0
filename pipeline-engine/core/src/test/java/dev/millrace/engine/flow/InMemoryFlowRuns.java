package dev.millrace.engine.flow;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.flow.FlowRun.StepRun;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Runs of flows in memory, as one process sees them; {@link #otherProcess} shares the store.
final class InMemoryFlowRuns implements FlowRuns {

  private static final class Store {
    private final TreeMap<Long, FlowRun> runs = new TreeMap<>();
    private final TreeMap<Long, InMemoryFlowRuns> owners = new TreeMap<>();
    private final Set<InMemoryFlowRuns> dead = new HashSet<>();
  }

  private final Store store;

  InMemoryFlowRuns() {
    this(new Store());
  }

  private InMemoryFlowRuns(Store store) {
    this.store = store;
  }

  InMemoryFlowRuns otherProcess() {
    return new InMemoryFlowRuns(store);
  }

  void die() {
    synchronized (store) {
      store.dead.add(this);
    }
  }

  @Override
  public long begin(String pipeline, String flow, List<String> steps, Instant at) {
    synchronized (store) {
      long id = store.runs.isEmpty() ? 1 : store.runs.lastKey() + 1;
      List<StepRun> queued =
          steps.stream()
              .map(
                  step ->
                      new StepRun(step, RunState.QUEUED, Optional.empty(), Optional.empty(), 0, ""))
              .toList();
      store.runs.put(
          id,
          new FlowRun(
              id, pipeline, flow, RunState.RUNNING, micros(at), Optional.empty(), "", queued));
      store.owners.put(id, this);
      return id;
    }
  }

  @Override
  public void stepStarted(long run, int step, Instant at) {
    synchronized (store) {
      StepRun now = step(run, step);
      replace(
          run,
          step,
          new StepRun(
              now.step(),
              RunState.RUNNING,
              Optional.of(micros(at)),
              now.finishedAt(),
              now.rows(),
              now.message()));
    }
  }

  @Override
  public void stepFinished(
      long run, int step, RunState state, Instant at, long rows, String message) {
    synchronized (store) {
      StepRun now = step(run, step);
      replace(
          run,
          step,
          new StepRun(
              now.step(),
              state,
              now.startedAt(),
              Optional.of(micros(at)),
              rows,
              message.replace('\0', '\uFFFD')));
    }
  }

  @Override
  public void finish(long run, RunState state, Instant at, String message) {
    synchronized (store) {
      FlowRun open = open(run);
      List<StepRun> steps =
          open.steps().stream()
              .map(
                  step ->
                      step.state() == RunState.QUEUED
                          ? new StepRun(
                              step.step(),
                              RunState.SKIPPED,
                              Optional.empty(),
                              Optional.empty(),
                              0,
                              "")
                          : step)
              .toList();
      store.runs.put(
          run,
          new FlowRun(
              run,
              open.pipeline(),
              open.flow(),
              state,
              open.startedAt(),
              Optional.of(micros(at)),
              message,
              steps));
    }
  }

  @Override
  public void giveUp(long run, Instant at, String message) {
    synchronized (store) {
      FlowRun now = store.runs.get(run);
      if (now == null || now.finishedAt().isPresent()) {
        return;
      }
      for (int i = 0; i < now.steps().size(); i++) {
        if (now.steps().get(i).state() == RunState.RUNNING) {
          stepFinished(run, i, RunState.FAILED, at, 0, message);
        }
      }
      finish(run, RunState.FAILED, at, message);
    }
  }

  @Override
  public Optional<FlowRun> find(long run) {
    synchronized (store) {
      return Optional.ofNullable(store.runs.get(run));
    }
  }

  @Override
  public List<FlowRun> recent(String pipeline, int limit) {
    synchronized (store) {
      return store.runs.descendingMap().values().stream()
          .filter(run -> run.pipeline().equals(pipeline))
          .limit(limit)
          .toList();
    }
  }

  @Override
  public List<Long> failAbandoned(Instant at) {
    synchronized (store) {
      List<Long> ended = new ArrayList<>();
      for (FlowRun run : List.copyOf(store.runs.values())) {
        if (run.finishedAt().isEmpty() && store.dead.contains(store.owners.get(run.id()))) {
          for (int i = 0; i < run.steps().size(); i++) {
            if (run.steps().get(i).state() == RunState.RUNNING) {
              stepFinished(run.id(), i, RunState.FAILED, at, 0, PROCESS_ENDED);
            }
          }
          finish(run.id(), RunState.FAILED, at, PROCESS_ENDED);
          ended.add(run.id());
        }
      }
      return ended;
    }
  }

  private FlowRun open(long run) {
    FlowRun found = store.runs.get(run);
    if (found == null || found.finishedAt().isPresent()) {
      throw new MillraceException(ErrorCode.SERVICE, "Run " + run + " is not open", "start again");
    }
    return found;
  }

  private StepRun step(long run, int step) {
    return open(run).steps().get(step);
  }

  private void replace(long run, int step, StepRun now) {
    FlowRun open = open(run);
    List<StepRun> steps = new ArrayList<>(open.steps());
    steps.set(step, now);
    store.runs.put(
        run,
        new FlowRun(
            run,
            open.pipeline(),
            open.flow(),
            open.state(),
            open.startedAt(),
            open.finishedAt(),
            open.message(),
            steps));
  }

  private static Instant micros(Instant at) {
    return at.truncatedTo(ChronoUnit.MICROS);
  }
}
