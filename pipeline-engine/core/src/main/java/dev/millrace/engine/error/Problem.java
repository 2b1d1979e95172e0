package dev.millrace.engine.error;

/// One fault in a file.
///
/// @param file path as the user knows it
/// @param line from 1; 0 when the fault is the whole file's
/// @param what what is wrong
/// @param remedy what to write instead; empty where what is wrong says it
public record Problem(String file, int line, String what, String remedy) {

  /// `file:line: what; remedy`, the form editors make clickable.
  @Override
  public String toString() {
    return file
        + (line > 0 ? ":" + line : "")
        + ": "
        + what
        + (remedy.isEmpty() ? "" : "; " + remedy);
  }
}
