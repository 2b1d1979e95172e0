package dev.millrace.spark;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// A way to a server on the loopback address that is cut for good after so many bytes towards it.
final class CutWire implements AutoCloseable {

  private final ServerSocket door;
  private final int target;
  private final AtomicLong left;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /// @param target port of the server
  /// @param bytes how many go through
  CutWire(int target, long bytes) {
    this.target = target;
    this.left = new AtomicLong(bytes);
    try {
      door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().name("wire").start(this::accept);
  }

  String address() {
    return "sc://127.0.0.1:" + door.getLocalPort();
  }

  boolean isCut() {
    return door.isClosed();
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket from = door.accept();
        Socket to = new Socket(InetAddress.getLoopbackAddress(), target);
        open.add(from);
        open.add(to);
        Thread.ofVirtual().name("wire-there").start(() -> pump(from, to, true));
        Thread.ofVirtual().name("wire-back").start(() -> pump(to, from, false));
      } catch (IOException e) {
        close();
      }
    }
  }

  private void pump(Socket from, Socket to, boolean counted) {
    byte[] bytes = new byte[8192];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
        if (counted && left.addAndGet(-read) < 0) {
          close();
          return;
        }
        out.write(bytes, 0, read);
        out.flush();
      }
    } catch (IOException e) {
      // The other direction ended, or the wire is cut: both ends see it by themselves.
    }
  }

  /// Cuts the wire; nobody comes through again.
  @Override
  public void close() {
    try {
      door.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
