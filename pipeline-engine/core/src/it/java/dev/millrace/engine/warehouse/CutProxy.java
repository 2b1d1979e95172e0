package dev.millrace.engine.warehouse;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/// Passes on what a client and a database say to each other, and cuts the line once at a commit.
public final class CutProxy implements AutoCloseable {

  /// When the line is cut.
  public enum Cut {
    NEVER,
    /// The database does not hear of the commit.
    BEFORE_COMMIT,
    /// The database commits, and the client does not hear of it.
    IN_COMMIT
  }

  private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final int port;
  private final AtomicReference<Cut> cut = new AtomicReference<>(Cut.NEVER);
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /// @param port of the database on this machine
  public CutProxy(int port) throws IOException {
    this.port = port;
    Thread.ofVirtual().name("cut-accept").start(this::accept);
  }

  public int port() {
    return listening.getLocalPort();
  }

  /// Cuts at the next commit, once.
  public void cutAtNextCommit(Cut wanted) {
    cut.set(wanted);
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        open.add(client);
        open.add(server);
        AtomicReference<Cut> mine = new AtomicReference<>(Cut.NEVER);
        Thread.ofVirtual().start(() -> pass(client, server, mine, true));
        Thread.ofVirtual().start(() -> pass(server, client, mine, false));
      } catch (IOException e) {
        if (!listening.isClosed()) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  private void pass(Socket from, Socket to, AtomicReference<Cut> mine, boolean asking) {
    byte[] bytes = new byte[1 << 16];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      while (true) {
        int length = in.read(bytes);
        if (length < 0) {
          return;
        }
        if (asking && isCommit(bytes, length)) {
          mine.set(cut.getAndSet(Cut.NEVER));
          if (mine.get() == Cut.BEFORE_COMMIT) {
            return;
          }
        } else if (!asking && mine.get() == Cut.IN_COMMIT) {
          return;
        }
        out.write(bytes, 0, length);
        out.flush();
      }
    } catch (SocketException _) {
      // The other direction ended and closed both.
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isCommit(byte[] bytes, int length) {
    return new String(bytes, 0, length, StandardCharsets.ISO_8859_1).contains("COMMIT\0");
  }

  /// Cuts every line, and takes no new one.
  public void cutNow() throws IOException {
    listening.close();
    for (Socket socket : open) {
      socket.close();
    }
  }

  @Override
  public void close() throws IOException {
    cutNow();
  }
}
