package dev.millrace.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.Home;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A home's metrics, when one of its processes stands still.
@Timeout(30)
class ReadMetricsTest {

  private static final long OTHER = ProcessHandle.current().parent().orElseThrow().pid();

  @TempDir Path folder;

  @Test
  void oneThatDoesNotAnswerHidesNoOther() throws IOException {
    Home home = new Home(folder);
    // As the port of a stopped process: it takes connections and says nothing.
    try (ServerSocket silent = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        MetricsServer answering = MetricsServer.start(home, "stream run", 0)) {
      MetricsEndpoint stopped =
          new MetricsEndpoint(
              OTHER,
              "simulate",
              URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/metrics"));
      stopped.write(home);

      ReadMetrics.Answers answers = ReadMetrics.of(home);

      assertThat(answers.texts().keySet())
          .extracting(MetricsEndpoint::url)
          .containsExactly(answering.url());
      assertThat(answers.texts().values()).allSatisfy(text -> assertThat(text).contains("# HELP"));
      assertThat(answers.silent()).containsExactly(stopped);
      assertThat(ReadMetrics.unanswered(stopped))
          .contains("'simulate'", "process " + OTHER, "does not answer");
    }
    // The other has ended; what is left is told by name and by no class.
    try (ServerSocket silent = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      new MetricsEndpoint(
              OTHER,
              "simulate",
              URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/metrics"))
          .write(home);
      assertThatThrownBy(() -> ReadMetrics.of(home))
          .isInstanceOfSatisfying(
              MillraceException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.SERVICE);
                assertThat(e.what()).contains("'simulate'").doesNotContain("Exception", "java.");
              });
    }
  }
}
