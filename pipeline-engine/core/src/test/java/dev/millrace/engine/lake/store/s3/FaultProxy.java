package dev.millrace.engine.lake.store.s3;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/// A way to an S3 server on which faults happen, as told or by a seeded schedule.
///
/// One request per connection. Which request a scheduled fault meets is told by its number alone,
/// so a seed says how many and which; threads of a test decide what they are.
public final class FaultProxy implements AutoCloseable {

  private final int upstream;
  private final ServerSocket server;
  private final List<Told> told = new CopyOnWriteArrayList<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger hits = new AtomicInteger();
  private volatile Schedule schedule = _ -> Optional.empty();

  /// Which fault the request of a number meets.
  public interface Schedule {
    Optional<Fault> of(int request);

    /// One fault, at a share of the requests.
    static Schedule seeded(long seed, Fault fault, double share) {
      return request ->
          new SplittableRandom(seed * 1_000_003 + request).nextDouble() < share
              ? Optional.of(fault)
              : Optional.empty();
    }
  }

  private record Told(Predicate<String> request, Fault fault) {}

  private record Request(String head, byte[] body) {

    String line() {
      return head.lines().findFirst().orElse("");
    }

    boolean isRead() {
      return head.startsWith("GET") || head.startsWith("HEAD");
    }
  }

  private FaultProxy(int upstream, ServerSocket server) {
    this.upstream = upstream;
    this.server = server;
  }

  public static FaultProxy before(int upstream) throws IOException {
    ServerSocket server = new ServerSocket();
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 512);
    FaultProxy proxy = new FaultProxy(upstream, server);
    Thread.ofVirtual().name("fault proxy").start(proxy::accept);
    return proxy;
  }

  public int port() {
    return server.getLocalPort();
  }

  /// The next request whose first line is so meets this fault.
  public void next(Predicate<String> request, Fault fault) {
    told.add(new Told(request, fault));
  }

  public void schedule(Schedule now) {
    schedule = now;
  }

  public void calm() {
    schedule = _ -> Optional.empty();
  }

  public int requests() {
    return requests.get();
  }

  /// Requests that met a fault.
  public int hits() {
    return hits.get();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      Request request = read(client.getInputStream(), client.getOutputStream());
      if (request.head().isEmpty()) {
        return;
      }
      Optional<Fault> fault = faultOf(request);
      if (fault.isPresent()) {
        hits.incrementAndGet();
        meet(fault.get(), request, client);
      } else {
        client.getOutputStream().write(answer(request));
      }
    } catch (IOException _) {
      // The client gave up: the other end of what this is for.
      return;
    }
  }

  private Optional<Fault> faultOf(Request request) {
    int number = requests.incrementAndGet();
    for (Told each : told) {
      if (each.request().test(request.line()) && told.remove(each)) {
        return Optional.of(each.fault());
      }
    }
    return schedule.of(number).filter(fault -> fault != Fault.CONFLICT || !request.isRead());
  }

  private void meet(Fault fault, Request request, Socket client) throws IOException {
    OutputStream out = client.getOutputStream();
    switch (fault) {
      case INTERNAL_ERROR -> out.write(error(request, 500, "InternalError"));
      case SLOW_DOWN -> out.write(error(request, 503, "SlowDown"));
      case CONFLICT -> out.write(error(request, 409, "ConditionalRequestConflict"));
      case EXPIRED -> out.write(error(request, 400, "ExpiredToken"));
      case RESET -> reset(client);
      case LOST_ANSWER -> {
        answer(request);
        reset(client);
      }
      case TRUNCATED -> out.write(half(answer(request)));
      case STALLED -> {
        out.write(half(answer(request)));
        out.flush();
        awaitGone(client);
      }
    }
  }

  /// Waits until the client has had enough.
  private static void awaitGone(Socket client) throws IOException {
    while (client.getInputStream().read() >= 0) {
      continue;
    }
  }

  private static void reset(Socket client) throws IOException {
    client.setSoLinger(true, 0);
    client.close();
  }

  /// The head and half of the body; half of the head when there is no body.
  private static byte[] half(byte[] answer) {
    int head = new String(answer, ISO_8859_1).indexOf("\r\n\r\n") + 4;
    int end = answer.length > head ? head + (answer.length - head) / 2 : head / 2;
    return Arrays.copyOf(answer, end);
  }

  /// As S3 answers: why stands in the body, which an answer to HEAD does not have.
  private static byte[] error(Request request, int status, String code) {
    String body =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>%s</Code><Message>told to</Message></Error>"
            .formatted(code);
    return ("HTTP/1.1 %d %s\r\nContent-Type: application/xml\r\nContent-Length: %d\r\nConnection:"
                + " close\r\n\r\n%s")
        .formatted(status, code, body.length(), request.head().startsWith("HEAD") ? "" : body)
        .getBytes(ISO_8859_1);
  }

  private byte[] answer(Request request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), upstream)) {
      OutputStream out = socket.getOutputStream();
      out.write(request.head().getBytes(ISO_8859_1));
      out.write(request.body());
      out.flush();
      return socket.getInputStream().readAllBytes();
    }
  }

  private static Request read(InputStream raw, OutputStream out) throws IOException {
    InputStream in = new BufferedInputStream(raw);
    StringBuilder head = new StringBuilder();
    int length = 0;
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      String lower = line.toLowerCase(Locale.ROOT);
      if (lower.startsWith("expect:")) {
        out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(ISO_8859_1));
        out.flush();
      } else if (!lower.startsWith("connection:")) {
        head.append(line).append("\r\n");
      }
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(line.substring(15).strip());
      } else if (lower.startsWith("transfer-encoding:")) {
        throw new UncheckedIOException(new IOException("chunked requests are not for this proxy"));
      }
    }
    if (head.isEmpty()) {
      return new Request("", new byte[0]);
    }
    head.append("Connection: close\r\n\r\n");
    return new Request(head.toString(), in.readNBytes(length));
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      if (next != '\r') {
        line.write(next);
      }
    }
    return line.toString(ISO_8859_1);
  }
}
