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
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks the running processes of a home for their metrics, all at once.
public final class ReadMetrics {

  private static final Logger LOG = LoggerFactory.getLogger(ReadMetrics.class);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /// What they said.
  ///
  /// @param texts per process its text, in Prometheus's format
  /// @param silent processes that gave no answer in time, or a wrong one
  public record Answers(Map<MetricsEndpoint, String> texts, List<MetricsEndpoint> silent) {
    public Answers {
      texts = Collections.unmodifiableMap(new LinkedHashMap<>(texts));
      silent = List.copyOf(silent);
    }
  }

  private ReadMetrics() {}

  /// Asks every process that tells metrics; one that hangs does not hide the others.
  ///
  /// @throws MillraceException when none of the home answers
  public static Answers of(Home home) {
    Map<MetricsEndpoint, String> texts = new LinkedHashMap<>();
    List<MetricsEndpoint> silent = new ArrayList<>();
    try (HttpClient client =
        HttpClient.newBuilder()
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(PATIENCE)
            .build()) {
      Map<MetricsEndpoint, CompletableFuture<HttpResponse<String>>> asked = new LinkedHashMap<>();
      for (MetricsEndpoint endpoint : MetricsEndpoint.of(home)) {
        asked.put(endpoint, ask(client, endpoint));
      }
      for (var each : asked.entrySet()) {
        MetricsEndpoint endpoint = each.getKey();
        try {
          texts.put(endpoint, each.getValue().get().body());
        } catch (ExecutionException e) {
          if (e.getCause() instanceof ConnectException) {
            // Nobody listens any more: it ended without a chance to take its file away.
            endpoint.delete(home);
          } else {
            LOG.warn("{} does not answer at {}", endpoint.process(), endpoint.url(), e.getCause());
            silent.add(endpoint);
          }
        }
      }
    } catch (IOException e) {
      throw new MillraceException(
          ErrorCode.FILE,
          "The folder " + home.metrics() + " cannot be read: " + e.getMessage(),
          "mend its rights",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MillraceException(ErrorCode.CANCELLED, "Interrupted", "run it again", e);
    }
    if (texts.isEmpty()) {
      throw silent.isEmpty() ? none(home) : unanswered(silent);
    }
    return new Answers(texts, silent);
  }

  /// For people: which process does not answer.
  public static String unanswered(MetricsEndpoint silent) {
    return "'%s' (process %d) does not answer within %d s"
        .formatted(silent.command(), silent.pid(), PATIENCE.toSeconds());
  }

  private static MillraceException unanswered(List<MetricsEndpoint> silent) {
    return new MillraceException(
        ErrorCode.SERVICE,
        silent.stream().map(ReadMetrics::unanswered).collect(Collectors.joining("; ")),
        "see whether it is stopped or overloaded, and ask again");
  }

  private static MillraceException none(Home home) {
    return new MillraceException(
        ErrorCode.SERVICE,
        "No process of " + home.root() + " tells metrics",
        "start one with --metrics-port, for example 'millrace stream run PIPELINE --metrics-port 0'");
  }

  private static CompletableFuture<HttpResponse<String>> ask(
      HttpClient client, MetricsEndpoint endpoint) {
    HttpRequest request = HttpRequest.newBuilder(endpoint.url()).timeout(PATIENCE).build();
    return client
        .sendAsync(request, HttpResponse.BodyHandlers.ofString())
        .thenApply(
            answer -> {
              if (answer.statusCode() != 200) {
                throw new IllegalStateException("answers with " + answer.statusCode());
              }
              return answer;
            });
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
