package dev.millrace.embedded;

import dev.millrace.engine.model.DatabaseKeeper;
import dev.millrace.engine.model.ServiceEndpoints;
import java.util.Optional;

/// The services of a home, started by this process or by another.
///
/// Any thread may call. {@link #close} may be called twice, and from a shutdown hook.
public sealed interface ServicesHandle extends AutoCloseable, DatabaseKeeper
    permits OwnedServices, AttachedServices {

  ServiceEndpoints endpoints();

  /// Whether this process runs them.
  boolean owner();

  /// Why one of them no longer works, as far as this process can tell without asking it; empty
  /// while all is well.
  Optional<String> fault();

  /// Stops the services when this process owns them: broker first, then the database; the endpoints
  /// file goes first, so that nobody attaches to what is about to end. Does nothing otherwise.
  @Override
  void close();
}
