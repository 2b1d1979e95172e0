package dev.millrace.app.console;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.Home;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One console per home: the first holds a lock and listens on a socket in the home; a later one
/// asks it to come to the front.
///
/// The lock is the operating system's, so it ends with the process that held it, however that
/// ended; a socket left behind is replaced. Any thread may call.
final class OneConsole implements AutoCloseable {

  /// Longest path of a Unix socket that every system takes, in bytes.
  private static final int LONGEST_PATH = 100;

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final long LOOK_MILLIS = 50;
  private static final byte SHOW = 'S';
  private static final Logger LOG = LoggerFactory.getLogger(OneConsole.class);

  private final FileChannel lockFile;
  private final Path socket;
  private final CountDownLatch set = new CountDownLatch(1);
  private volatile Runnable show = () -> {};
  private boolean closed;
  private @Nullable ServerSocketChannel server;

  private OneConsole(FileChannel lockFile, Path socket) {
    this.lockFile = lockFile;
    this.socket = socket;
    Thread.ofPlatform().name("console-one").daemon().start(this::listen);
  }

  /// The right to be the home's console; empty when another is, and was asked to come to the front.
  ///
  /// @throws MillraceException `HOME` when it does not answer, or the home cannot be used
  static Optional<OneConsole> claim(Home home) {
    return claim(home, PATIENCE);
  }

  static Optional<OneConsole> claim(Home home, Duration patience) {
    try {
      Files.createDirectories(home.root());
      FileChannel file =
          FileChannel.open(
              home.root().resolve("console.lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE);
      boolean claimed = false;
      try {
        Path socket = socket(home);
        if (locked(file)) {
          claimed = true;
          return Optional.of(new OneConsole(file, socket));
        }
        ask(home, socket, patience);
        return Optional.empty();
      } finally {
        if (!claimed) {
          file.close();
        }
      }
    } catch (IOException e) {
      throw new MillraceException(
          ErrorCode.HOME,
          "The home " + home.root() + " cannot be used by a console: " + e.getMessage(),
          "check that you may write there, or choose another with --home",
          e);
    }
  }

  // The lock lives as long as the channel, which the claim closes.
  private static boolean locked(FileChannel file) throws IOException {
    try {
      FileLock lock = file.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException _) {
      return false;
    }
  }

  /// The home's socket; below the temporary folder when its path would be too long.
  static Path socket(Home home) {
    Path own = home.root().resolve("console.sock");
    if (own.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST_PATH) {
      return own;
    }
    String name = HexFormat.of().toHexDigits(home.root().toString().hashCode());
    return Path.of(System.getProperty("java.io.tmpdir")).resolve("millrace-" + name + ".sock");
  }

  /// The other may be starting and not listening yet.
  private static void ask(Home home, Path socket, Duration patience) throws IOException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
        channel.write(ByteBuffer.wrap(new byte[] {SHOW}));
        if (channel.read(ByteBuffer.allocate(1)) == 1) {
          return;
        }
      } catch (IOException e) {
        LOG.debug("The other console does not answer yet", e);
      }
      if (System.nanoTime() >= deadline) {
        throw new MillraceException(
            ErrorCode.HOME,
            "Another console holds the home " + home.root() + " and does not answer",
            "close it, or end its process, and start again; your data is safe");
      }
      try {
        Thread.sleep(LOOK_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new MillraceException(ErrorCode.CANCELLED, "Interrupted", "start it again", e);
      }
    }
  }

  /// What brings the window to the front; askers wait for it to be set.
  void whenAsked(Runnable act) {
    show = act;
    set.countDown();
  }

  /// Opens the socket, on the thread that listens: the window need not wait for it.
  ///
  /// @return nothing when the claim was given back meanwhile
  private synchronized Optional<ServerSocketChannel> opened() throws IOException {
    if (closed) {
      return Optional.empty();
    }
    Files.deleteIfExists(socket);
    ServerSocketChannel opened = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server = opened;
    return Optional.of(opened.bind(UnixDomainSocketAddress.of(socket)));
  }

  private void listen() {
    try {
      opened().ifPresent(this::listen);
    } catch (IOException e) {
      LOG.warn("A further start on the home will not find this window", e);
    }
  }

  private void listen(ServerSocketChannel from) {
    while (from.isOpen()) {
      try (SocketChannel asker = from.accept()) {
        ByteBuffer wish = ByteBuffer.allocate(1);
        if (asker.read(wish) == 1 && wish.get(0) == SHOW) {
          set.await();
          show.run();
          asker.write(ByteBuffer.wrap(new byte[] {SHOW}));
        }
      } catch (ClosedChannelException _) {
        return;
      } catch (IOException e) {
        LOG.warn("Another start could not be heard", e);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    try {
      if (server != null) {
        server.close();
        Files.deleteIfExists(socket);
      }
      lockFile.close();
    } catch (IOException e) {
      LOG.warn("The claim on the home was not given back in order", e);
    }
  }
}
