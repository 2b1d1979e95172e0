package dev.millrace.engine.error;

/// What kind of thing went wrong; scripts may rely on the names.
public enum ErrorCode {
  /// The user asked for something that cannot be: a wrong argument or an unknown name (exit code
  /// 2).
  USAGE,
  /// A definition, suite or mapping file has faults.
  DEFINITION,
  /// A file or folder is missing, unreadable or not writable.
  FILE,
  /// The home is held by another process, or cannot be used.
  HOME,
  /// The broker, database or object store cannot be reached or did not start.
  SERVICE,
  /// A table of the lake is missing, damaged or was changed underneath.
  LAKE,
  /// SQL failed.
  SQL,
  /// A warehouse refused a load.
  WAREHOUSE,
  /// A quality suite blocked the step after it.
  QUALITY,
  /// The work was cancelled by a person.
  CANCELLED,
  /// The machine lacks something: a JDK, a display, a native library.
  MACHINE,
  /// A fault of ours.
  INTERNAL
}
