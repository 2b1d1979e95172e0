package dev.millrace.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends a server when this JVM ends without having done so: killed, broken down, or with its files
/// taken away under it.
///
/// A shell that reads from a pipe of ours and does nothing else. The operating system closes the
/// pipe with this process, and the shell then asks the server to shut down fast (SIGINT: open
/// transactions are rolled back). It needs none of the program's files. Where there is no `sh`, the
/// server lives on until the home's next start ends it. One thread starts and closes it.
final class ServerKeeper implements AutoCloseable {

  /// Whoever closes the pipe in order has written a line. Ctrl+C in the terminal, and its end, are
  /// for us and not for the shell.
  private static final String SCRIPT =
      "trap '' INT HUP TERM QUIT; read -r done && exit 0; kill -INT \"$1\"";

  private static final Logger LOG = LoggerFactory.getLogger(ServerKeeper.class);

  private final Optional<Process> shell;

  private ServerKeeper(Optional<Process> shell) {
    this.shell = shell;
  }

  /// @param pid of the server
  static ServerKeeper of(long pid) {
    try {
      return new ServerKeeper(
          Optional.of(
              new ProcessBuilder(
                      List.of("/bin/sh", "-c", SCRIPT, "millrace-keeper", Long.toString(pid)))
                  .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                  .redirectError(ProcessBuilder.Redirect.DISCARD)
                  .start()));
    } catch (IOException e) {
      LOG.debug("Without a shell the server {} outlives a hard end of this process", pid, e);
      return new ServerKeeper(Optional.empty());
    }
  }

  /// The server has ended in order; its process id must not be signalled any more.
  @Override
  public void close() {
    if (shell.isPresent()) {
      try (OutputStream pipe = shell.get().getOutputStream()) {
        pipe.write("done\n".getBytes(StandardCharsets.US_ASCII));
      } catch (IOException e) {
        LOG.debug("The keeper has gone already", e);
      }
    }
  }
}
