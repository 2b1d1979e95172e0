package dev.millrace.engine.flow;

final class InMemoryFlowRunsTest extends FlowRunsContract {

  private final InMemoryFlowRuns runs = new InMemoryFlowRuns();
  private final InMemoryFlowRuns other = runs.otherProcess();

  @Override
  protected FlowRuns runs() {
    return runs;
  }

  @Override
  protected FlowRuns otherProcess() {
    return other;
  }

  @Override
  protected void killOtherProcess() {
    other.die();
  }
}
