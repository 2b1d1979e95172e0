package dev.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.millrace.app.metrics.MetricsServer;
import dev.millrace.app.metrics.PrometheusText;
import dev.millrace.app.session.Demo;
import dev.millrace.app.session.EngineSession;
import dev.millrace.engine.api.Command;
import dev.millrace.engine.api.Outcome;
import dev.millrace.engine.metric.MeterName;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.Pipelines;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Metrics of a real stream that took events in and a flow that ran, scraped over the loopback
/// port.
///
/// `-Dpromtool=FILE`, or `promtool` on the path, adds Prometheus's own check.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MetricsIT {

  private static final String PIPELINE = "building-sensors";
  private static final String FEED = "sensor-events";
  private static final long EVENTS = 2_000;
  private static final Map<String, String> LABELS = Map.of("pipeline", PIPELINE, "feed", FEED);

  private Path folder = Path.of("");
  private String text = "";
  private Program.Ended command = new Program.Ended(0, "", "");
  private int elsewhere;
  private int posted;

  @BeforeAll
  void scrapeARunningStream(@TempDir Path made) throws IOException, InterruptedException {
    folder = made;
    Home home = new Home(folder.resolve("home"));
    Pipeline pipeline = new Pipelines(home).find(PIPELINE);
    try (MetricsServer metrics = MetricsServer.start(home, "stream run", 0);
        EngineSession session =
            EngineSession.open(
                home, List.of(pipeline), Optional.empty(), metrics.registry(), Progress.NONE);
        HttpClient client = HttpClient.newHttpClient()) {
      Demo demo = new Demo(home, session, pipeline);
      Instant now = Instant.now();
      var _ = demo.fill(EVENTS, now.minusSeconds(3_600), now, 7, Progress.NONE);
      perform(session, new Command.StartStream(PIPELINE, FEED));
      perform(session, new Command.CatchUp(PIPELINE, FEED));
      perform(session, new Command.RunFlow(PIPELINE, "daily"));
      var _ = session.engine().refreshed();

      text = get(client, metrics.url(), "GET").body();
      elsewhere = get(client, metrics.url().resolve("/"), "GET").statusCode();
      posted = get(client, metrics.url(), "POST").statusCode();
      command = Program.run(home.root(), "metrics");
    }
  }

  private static void perform(EngineSession session, Command command) {
    assertThat(session.engine().submit(command).outcome().join()).isInstanceOf(Outcome.Done.class);
  }

  private static HttpResponse<String> get(HttpClient client, URI url, String method)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(url).method(method, HttpRequest.BodyPublishers.noBody()).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @AfterAll
  void nothingIsTold() {
    Program.Ended none = Program.run(folder.resolve("home"), "metrics");
    assertThat(none.code()).isEqualTo(1);
    assertThat(none.err()).contains("tells metrics").contains("--metrics-port");
  }

  @Test
  void theTextKeepsTheFormatAndItsRules() {
    assertThat(new PrometheusText(text).problems()).isEmpty();
    assertThat(elsewhere).isEqualTo(404);
    assertThat(posted).isEqualTo(405);
  }

  @Test
  void whatHappenedIsCounted() {
    PrometheusText metrics = new PrometheusText(text);
    double decoded =
        metrics.value("millrace_stream_events_total", "millrace_stream_events_total", LABELS);
    double letters =
        metrics.value(
            "millrace_stream_dead_letters_total", "millrace_stream_dead_letters_total", LABELS);
    // The demo's few duplicates come on top.
    assertThat(decoded + letters).isBetween((double) EVENTS, EVENTS * 1.05);
    assertThat(
            metrics.value(
                "millrace_stream_batch_events", "millrace_stream_batch_events_sum", LABELS))
        .isEqualTo(decoded + letters);
    double commits =
        metrics.value(
            "millrace_stream_commit_seconds", "millrace_stream_commit_seconds_count", LABELS);
    assertThat(commits).isPositive();
    assertThat(metrics.value("millrace_stream_running", "millrace_stream_running", LABELS))
        .isEqualTo(1);
    assertThat(metrics.value("millrace_topic_lag_events", "millrace_topic_lag_events", LABELS))
        .isZero();
    assertThat(
            metrics.value(
                "millrace_table_rows",
                "millrace_table_rows",
                Map.of("pipeline", PIPELINE, "table", "bronze.sensor_events")))
        .isEqualTo(decoded);
    assertThat(
            metrics.value(
                "millrace_flow_runs_total",
                "millrace_flow_runs_total",
                Map.of("flow", "daily", "outcome", "succeeded")))
        .isEqualTo(1);
    assertThat(
            metrics.value(
                "millrace_warehouse_loaded_rows_total",
                "millrace_warehouse_loaded_rows_total",
                Map.of("pipeline", PIPELINE)))
        .isPositive();
    assertThat(metrics.families())
        .containsKeys(
            "millrace_quality_score_ratio",
            "millrace_live_health_ratio",
            "millrace_stream_watermark_delay_seconds",
            "millrace_flow_step_seconds",
            "millrace_warehouse_rows",
            "millrace_service_up",
            "jvm_memory_used_bytes",
            "process_cpu_usage");
  }

  /// A meter that somebody adds without a name in the catalogue is found here.
  @Test
  void everyMeterOfOursIsDocumented() {
    Set<String> known =
        Arrays.stream(MeterName.values())
            .flatMap(m -> Stream.of(m.prometheus(), m.prometheus() + "_max"))
            .collect(Collectors.toSet());
    assertThat(new PrometheusText(text).families().keySet())
        .filteredOn(name -> name.startsWith("millrace_"))
        .isSubsetOf(known);
  }

  @Test
  void theCommandPrintsTheSame() {
    PrometheusText printed = new PrometheusText(command.succeeded().out());
    assertThat(printed.problems()).isEmpty();
    assertThat(printed.families().keySet())
        .containsAll(new PrometheusText(text).families().keySet());
  }

  @Test
  void promtoolFindsNothingToMend() throws IOException, InterruptedException {
    Optional<Path> promtool = promtool();
    assumeTrue(
        promtool.isPresent(), "promtool was not found; put it on the path or say -Dpromtool=FILE");
    Path file = Files.writeString(folder.resolve("metrics.txt"), text);
    assertThat(check(promtool.get(), file, "check", "metrics")).isEmpty();
    String rules = Path.of("..", "docs", "alerts.yml").toString();
    assertThat(check(promtool.get(), file, "check", "rules", rules)).contains("SUCCESS");
  }

  private String check(Path promtool, Path in, String... args)
      throws IOException, InterruptedException {
    Path out = folder.resolve("promtool.out");
    Process process =
        new ProcessBuilder(Stream.concat(Stream.of(promtool.toString()), Stream.of(args)).toList())
            .redirectInput(in.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    String said = Files.readString(out);
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }

  private static Optional<Path> promtool() {
    String said = System.getProperty("promtool");
    if (said != null) {
      return Optional.of(Path.of(said));
    }
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .filter(part -> !part.isEmpty())
        .map(part -> Path.of(part, "promtool"))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
