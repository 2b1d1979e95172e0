package dev.millrace.simulator.steer;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.simulator.SimulatorControl;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A simulator's open ear: a loopback port that takes [Orders] from whoever can read the port's
/// file in the folder. The file holds the port and a secret, and is its owner's alone.
///
/// One order a connection: a line with the secret and the order; the answer is `ok` and lines of
/// text, or `no`, what is wrong and the remedy. Any thread may close it.
public final class SteeringPort implements AutoCloseable {

  static final String PREFIX = "steer-";
  static final int LONGEST_SILENCE_MILLIS = 5_000;
  static final int LONGEST_ORDER = 4_096;

  private static final Logger LOG = LoggerFactory.getLogger(SteeringPort.class);

  private final ServerSocket socket;
  private final Path file;
  private final String secret;
  private final Orders orders;

  private SteeringPort(ServerSocket socket, Path file, String secret, Orders orders) {
    this.socket = socket;
    this.file = file;
    this.secret = secret;
    this.orders = orders;
  }

  /// @param folder where its file is put, made when it is not there
  /// @param end ends whatever runs the fleet
  public static SteeringPort open(Path folder, SimulatorControl control, Runnable end) {
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    String secret = HexFormat.of().formatHex(random);
    Path file = folder.resolve(PREFIX + ProcessHandle.current().pid());
    try {
      ServerSocket socket = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
      try {
        write(file, socket.getLocalPort() + " " + secret + "\n");
      } catch (IOException e) {
        socket.close();
        throw e;
      }
      SteeringPort port = new SteeringPort(socket, file, secret, new Orders(control, end));
      Thread.ofVirtual().name("millrace-steering").start(port::listen);
      return port;
    } catch (IOException e) {
      throw new MillraceException(
          ErrorCode.FILE,
          "the simulator cannot open its port for orders: " + e.getMessage(),
          "see that you may write to " + folder,
          e);
    }
  }

  /// Whole and closed to others from its first moment.
  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          fresh,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    Files.writeString(fresh, text);
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private void listen() {
    while (!socket.isClosed()) {
      try {
        Socket caller = socket.accept();
        Thread.ofVirtual().name("millrace-steering-order").start(() -> answer(caller));
      } catch (IOException e) {
        if (!socket.isClosed()) {
          LOG.warn("An order did not get through", e);
        }
      }
    }
  }

  private void answer(Socket caller) {
    try (caller) {
      caller.setSoTimeout(LONGEST_SILENCE_MILLIS);
      String line = line(caller);
      String reply =
          line.startsWith(secret + " ")
              ? reply(line.substring(secret.length() + 1))
              : "no\nthe secret is another\ngive the order as the user who runs the simulator\n";
      caller.getOutputStream().write(reply.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      LOG.debug("An order broke off", e);
    }
  }

  private static String line(Socket caller) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(caller.getInputStream(), StandardCharsets.UTF_8));
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n' && line.length() < LONGEST_ORDER; c = in.read()) {
      line.append((char) c);
    }
    return line.toString();
  }

  private String reply(String order) {
    try {
      List<String> lines = orders.give(order);
      LOG.info("Order: {}", order);
      return "ok\n" + String.join("\n", lines) + "\n";
    } catch (MillraceException e) {
      return "no\n" + e.what() + "\n" + e.remedy() + "\n";
    }
  }

  @Override
  public void close() {
    try (socket) {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("The file of the port for orders stays: {}", file, e);
    }
  }
}
