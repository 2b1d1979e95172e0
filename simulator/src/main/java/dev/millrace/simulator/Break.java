package dev.millrace.simulator;

/// A fault that a person or the schedule put on a sensor. Two of them are never equal, so that each
/// ends only itself.
final class Break {

  final Fault fault;

  Break(Fault fault) {
    this.fault = fault;
  }
}
