package dev.millrace.app.session;

import dev.millrace.app.crash.RunMark;
import dev.millrace.embedded.EmbeddedServices;
import dev.millrace.embedded.ServicesHandle;
import dev.millrace.engine.assembly.EngineParts;
import dev.millrace.engine.assembly.LocalEngine;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.pipeline.EngineKind;
import dev.millrace.engine.pipeline.Pipeline;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// An engine on the services of its home: those that run, or its own. Any thread may call.
public final class EngineSession implements AutoCloseable {

  private final ServicesHandle services;
  private final LocalEngine engine;
  private final RunMark mark;
  private final Phases phases;

  private EngineSession(ServicesHandle services, LocalEngine engine, RunMark mark, Phases phases) {
    this.phases = phases;
    this.services = services;
    this.engine = engine;
    this.mark = mark;
  }

  /// Starts or attaches to the services, then opens the engine; on failure nothing stays open.
  ///
  /// @param engine what runs the transforms, whatever the home and the pipelines say
  /// @param registry where meters are kept; closed with the session
  public static EngineSession open(
      Home home,
      List<Pipeline> pipelines,
      Optional<EngineKind> engine,
      MeterRegistry registry,
      Progress progress) {
    EngineSession session = begin(home, pipelines, engine, registry, progress);
    boolean looked = false;
    try {
      session.engine.awaitFirstLook();
      looked = true;
    } finally {
      if (!looked) {
        session.close();
      }
    }
    return session;
  }

  /// As {@link #open}, with an engine that takes its first look while the caller goes on.
  public static EngineSession begin(
      Home home,
      List<Pipeline> pipelines,
      Optional<EngineKind> engine,
      MeterRegistry registry,
      Progress progress) {
    Phases phases = new Phases();
    ServicesHandle services = EmbeddedServices.startOrAttach(home, progress);
    phases.done("services");
    try {
      EngineParts parts =
          EngineParts.open(home, services.endpoints(), engine, registry, InstantSource.system())
              .keptBy(services);
      phases.done("control database and lake");
      try {
        LocalEngine opened = LocalEngine.looking(parts, pipelines, InstantSource.system());
        phases.done("pipelines");
        return new EngineSession(services, opened, RunMark.leave(home), phases);
      } catch (RuntimeException | Error e) {
        parts.close();
        throw e;
      }
    } catch (RuntimeException | Error e) {
      services.close();
      throw e;
    }
  }

  public LocalEngine engine() {
    return engine;
  }

  /// How long the parts of opening took, to be gone on with by who opened it.
  public Phases phases() {
    return phases;
  }

  public ServicesHandle services() {
    return services;
  }

  @Override
  public void close() {
    try {
      engine.close();
    } finally {
      services.close();
      mark.close();
    }
  }
}
