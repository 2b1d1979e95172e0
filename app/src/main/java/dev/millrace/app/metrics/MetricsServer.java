package dev.millrace.app.metrics;

import com.sun.management.OperatingSystemMXBean;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.metric.MeterName;
import dev.millrace.engine.metric.Meters;
import dev.millrace.engine.model.Home;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Metrics of this process on `http://127.0.0.1:PORT/metrics`, in Prometheus's text format, found
/// through a file of the home. Reachable from this machine only.
///
/// Any thread may call; scrapes run on virtual threads.
public final class MetricsServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(MetricsServer.class);
  private static final String PATH = "/metrics";
  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private final Home home;
  private final PrometheusMeterRegistry registry;
  private final JvmGcMetrics collector = new JvmGcMetrics();
  private final HttpServer server;
  private final ExecutorService threads;
  private final MetricsEndpoint endpoint;

  private MetricsServer(
      Home home,
      PrometheusMeterRegistry registry,
      HttpServer server,
      ExecutorService threads,
      MetricsEndpoint endpoint) {
    this.home = home;
    this.registry = registry;
    this.server = server;
    this.threads = threads;
    this.endpoint = endpoint;
  }

  /// Begins to serve.
  ///
  /// @param command what this process runs, for people
  /// @param port 0 takes a free one
  /// @throws MillraceException when the port is taken or the home cannot be written
  public static MetricsServer start(Home home, String command, int port) {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    // A gauge whose name ends in _count, and a time in nanoseconds, break Prometheus's rules of
    // names.
    registry
        .config()
        .meterFilter(MeterFilter.denyNameStartsWith("system.cpu.count"))
        .meterFilter(MeterFilter.denyNameStartsWith("process.cpu.time"));
    ExecutorService threads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("metrics-", 0).factory());
    HttpServer server = listen(port);
    MetricsEndpoint endpoint =
        new MetricsEndpoint(
            ProcessHandle.current().pid(),
            command,
            URI.create("http://127.0.0.1:" + server.getAddress().getPort() + PATH));
    MetricsServer made = new MetricsServer(home, registry, server, threads, endpoint);
    made.bindProcess();
    server.createContext("/", made::answer);
    server.setExecutor(threads);
    server.start();
    try {
      endpoint.write(home);
    } catch (IOException e) {
      made.close();
      throw new MillraceException(
          ErrorCode.FILE,
          "Where the metrics are told cannot be written to " + home.metrics(),
          "make the home writable, or leave --metrics-port out",
          e);
    }
    return made;
  }

  private static HttpServer listen(int port) {
    if (port < 0 || port > 65_535) {
      throw new MillraceException(
          ErrorCode.USAGE,
          "--metrics-port " + port + " is no port",
          "say one from 1 to 65535, or 0 for a free one");
    }
    try {
      return HttpServer.create(
          new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), 0);
    } catch (IOException e) {
      throw new MillraceException(
          ErrorCode.SERVICE,
          "Metrics cannot be served on 127.0.0.1:" + port + ": " + e.getMessage(),
          "choose another port, or 0 for a free one",
          e);
    }
  }

  private void bindProcess() {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    collector.bindTo(registry);
    Meters meters = new Meters(registry);
    meters.gauge(MeterName.PROCESS_RESIDENT, ResidentMemory.OF_THIS_PROCESS, ResidentMemory::bytes);
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    meters.counted(MeterName.PROCESS_CPU, system, s -> s.getProcessCpuTime() / 1e9);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String method = exchange.getRequestMethod();
      if (!exchange.getRequestURI().getPath().equals(PATH)) {
        exchange.sendResponseHeaders(404, -1);
      } else if (!method.equals("GET")) {
        exchange.getResponseHeaders().set("Allow", "GET");
        exchange.sendResponseHeaders(405, -1);
      } else {
        byte[] text = registry.scrape().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", TEXT);
        exchange.sendResponseHeaders(200, text.length);
        exchange.getResponseBody().write(text);
      }
    }
  }

  /// Where meters are to be kept so that they are told.
  public MeterRegistry registry() {
    return registry;
  }

  public URI url() {
    return endpoint.url();
  }

  @Override
  public void close() {
    try {
      endpoint.delete(home);
    } catch (IOException e) {
      LOG.warn("The file that tells of {} stays behind; it harms nothing", endpoint.url(), e);
    }
    server.stop(0);
    threads.close();
    collector.close();
    registry.close();
  }
}
