package dev.millrace.embedded;

import dev.millrace.engine.model.ServiceEndpoints;
import java.util.Optional;

/// Services that another process, or another part of this one, runs.
record AttachedServices(ServiceEndpoints endpoints, long ownerPid) implements ServicesHandle {

  @Override
  public boolean owner() {
    return false;
  }

  @Override
  public Optional<String> fault() {
    return ProcessHandle.of(ownerPid).map(ProcessHandle::isAlive).orElse(false)
        ? Optional.empty()
        : Optional.of("process " + ownerPid + ", which ran the services, has ended");
  }

  @Override
  public void close() {}
}
