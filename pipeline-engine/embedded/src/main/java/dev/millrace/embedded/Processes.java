package dev.millrace.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What the operating system tells of other processes. Any thread may call.
final class Processes {

  private Processes() {}

  /// Whether it still does something. A process that has ended stands in Linux's table until its
  /// parent has asked how it ended; where nobody does, as in a container whose first process is an
  /// ordinary program, that is for ever.
  static boolean runs(ProcessHandle process) {
    return process.isAlive() && !ended(process.pid());
  }

  /// The same of the process that has this id now.
  static boolean runs(long pid) {
    return ProcessHandle.of(pid).filter(Processes::runs).isPresent();
  }

  private static boolean ended(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      // The name before it may hold anything, brackets too.
      int name = stat.lastIndexOf(')');
      return name >= 0 && stat.startsWith(" Z ", name + 1);
    } catch (IOException _) {
      // Gone just now, which the next look sees, or a system without such files.
      return false;
    }
  }

  /// Whether the system tells in which folder a process works.
  static boolean tellsFolders() {
    return Files.exists(Path.of("/proc/self/cwd"));
  }

  /// Whether any process works in the folder, as far as the system tells.
  static boolean anyWorksIn(Path folder) {
    return ProcessHandle.allProcesses()
        .filter(process -> worksIn(process.pid(), folder))
        .anyMatch(Processes::runs);
  }

  private static boolean worksIn(long pid, Path folder) {
    try {
      return Files.isSameFile(Path.of("/proc", Long.toString(pid), "cwd"), folder);
    } catch (IOException _) {
      // Gone, or somebody else's.
      return false;
    }
  }
}
