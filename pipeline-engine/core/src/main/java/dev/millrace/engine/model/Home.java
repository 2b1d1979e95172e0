package dev.millrace.engine.model;

import java.nio.file.Path;

/// The folder that holds all of one installation's data.
public record Home(Path root) {

  public Home {
    root = root.toAbsolutePath().normalize();
  }

  /// Lake of one pipeline: `<lake>/<layer>/<table>`.
  public Path lake(String pipeline) {
    return root.resolve("lake").resolve(pipeline);
  }

  /// Copies of a lake that lies elsewhere, and the files on their way there.
  public Path lakeCache() {
    return root.resolve("lake-cache");
  }

  /// The user's own pipelines, one folder each.
  public Path pipelines() {
    return root.resolve("pipelines");
  }

  /// Suites that were put in force for tables of a pipeline, one file each.
  public Path suites(String pipeline) {
    return root.resolve("quality").resolve(pipeline);
  }

  /// Data, lock and endpoints of the embedded services.
  public Path services() {
    return root.resolve("services");
  }

  /// What simulators of a pipeline leave: their truth, their ports for orders, whom they broke.
  public Path simulator(String pipeline) {
    return root.resolve("simulator").resolve(pipeline);
  }

  /// What the simulator did to its events, per pipeline.
  public Path truth(String pipeline) {
    return simulator(pipeline).resolve("truth.ndjson");
  }

  /// Where running processes tell their metrics, one file each.
  public Path metrics() {
    return root.resolve("metrics");
  }

  public Path logs() {
    return root.resolve("logs");
  }

  /// Records of what was done to tables.
  public Path audit() {
    return root.resolve("audit");
  }

  /// Scratch of SQL engines; emptied at will.
  public Path scratch() {
    return root.resolve("tmp");
  }
}
