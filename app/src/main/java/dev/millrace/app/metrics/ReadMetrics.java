package dev.millrace.app.metrics;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.Home;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Asks the running processes of a home for their metrics.
public final class ReadMetrics {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private ReadMetrics() {}

  /// Per process its text, in Prometheus's format.
  ///
  /// @throws MillraceException when no process of the home tells any
  public static Map<MetricsEndpoint, String> of(Home home) {
    Map<MetricsEndpoint, String> texts = new LinkedHashMap<>();
    try (HttpClient client =
        HttpClient.newBuilder()
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(PATIENCE)
            .build()) {
      List<MetricsEndpoint> endpoints = MetricsEndpoint.of(home);
      for (MetricsEndpoint endpoint : endpoints) {
        ask(client, endpoint, home).ifPresent(text -> texts.put(endpoint, text));
      }
    } catch (IOException e) {
      throw new MillraceException(
          ErrorCode.SERVICE,
          "A process that tells metrics does not answer: " + e,
          "try again; if it ended meanwhile its file under " + home.metrics() + " may be deleted",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MillraceException(ErrorCode.CANCELLED, "Interrupted", "run it again", e);
    }
    if (texts.isEmpty()) {
      throw new MillraceException(
          ErrorCode.SERVICE,
          "No process of " + home.root() + " tells metrics",
          "start one with --metrics-port, for example 'millrace stream run PIPELINE --metrics-port 0'");
    }
    return texts;
  }

  /// Empty where nobody listens any more: the process ended without a chance to take its file away.
  private static Optional<String> ask(HttpClient client, MetricsEndpoint endpoint, Home home)
      throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(endpoint.url()).timeout(PATIENCE).build();
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IOException(endpoint.url() + " answers with " + answer.statusCode());
      }
      return Optional.of(answer.body());
    } catch (ConnectException _) {
      endpoint.delete(home);
      return Optional.empty();
    }
  }

  /// One text of all: that of a single process as it is, those of several with the label `process`
  /// on every sample.
  public static String merged(Map<MetricsEndpoint, String> texts) {
    if (texts.size() == 1) {
      return texts.values().iterator().next();
    }
    Exposition all = new Exposition();
    texts.forEach((endpoint, text) -> all.add(text, endpoint.process()));
    return all.text();
  }
}
