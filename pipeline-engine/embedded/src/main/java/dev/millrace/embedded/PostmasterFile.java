package dev.millrace.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What PostgreSQL's `postmaster.pid` says of the server that wrote it.
///
/// @param pid process id
/// @param data its data directory
/// @param port its port; 0 when it had none yet
record PostmasterFile(long pid, Path data, int port) {

  static Path in(Path data) {
    return data.resolve("postmaster.pid");
  }

  /// Empty when no server runs on the data directory and the last one ended in order.
  static Optional<PostmasterFile> read(Path data) throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(in(data));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new PostmasterFile(
              Long.parseLong(lines.get(0).strip()),
              Path.of(lines.get(1).strip()),
              lines.size() > 3 ? Integer.parseInt(lines.get(3).strip()) : 0));
    } catch (NumberFormatException | IndexOutOfBoundsException _) {
      // Written half at the crash of a machine; PostgreSQL itself treats such a file as none.
      return Optional.empty();
    }
  }

  /// Whether the process still lives and works in that data directory, as far as the OS tells.
  Holder holder(Path ours) throws IOException {
    if (!Processes.runs(pid)) {
      return Holder.GONE;
    }
    Path workingFolder = Path.of("/proc", Long.toString(pid), "cwd");
    if (!Files.exists(workingFolder)) {
      return Holder.UNKNOWN;
    }
    // A server's working folder is its data directory; a pid given anew to another program is told
    // apart by it.
    return Files.isSameFile(workingFolder, ours) ? Holder.SERVER : Holder.STRANGER;
  }

  /// Who has the process id now.
  enum Holder {
    /// Nobody.
    GONE,
    /// A server on our data.
    SERVER,
    /// Another program.
    STRANGER,
    /// This system does not tell.
    UNKNOWN
  }
}
