package dev.millrace.engine.api;

import dev.millrace.engine.model.TableName;
import java.util.Optional;

/// What a person may ask of the engine.
public sealed interface Command {

  String pipeline();

  /// Starts the feed's stream; done when it runs.
  record StartStream(String pipeline, String feed) implements Command {}

  /// Stops the feed's stream after a last commit; done when it stands.
  record StopStream(String pipeline, String feed) implements Command {}

  /// Done when everything that stood in the topic at the time of asking is in Bronze or in the dead
  /// letters; runs a stream of its own when none runs.
  record CatchUp(String pipeline, String feed) implements Command {}

  /// Builds one derived table, or all in order.
  record Transform(String pipeline, Optional<TableName> table) implements Command {}

  /// Judges one table by its suite, or all that have one.
  record Check(String pipeline, Optional<TableName> table) implements Command {}

  /// Loads the warehouse tables.
  record Load(String pipeline) implements Command {}

  /// Runs a flow.
  record RunFlow(String pipeline, String flow) implements Command {}
}
