package dev.millrace.app.cli;

import dev.millrace.app.metrics.MetricsServer;
import dev.millrace.app.session.Interruption;
import dev.millrace.embedded.EmbeddedServices;
import dev.millrace.embedded.ServicesHandle;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.ServiceEndpoints;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/// `millrace services`: the embedded services in the foreground.
@Command(
    name = "services",
    description = {
      "Run the embedded broker and database of this home in the foreground, until Ctrl+C or SIGTERM.",
      "Other commands and the console attach to them."
    })
final class ServicesCommand implements Callable<Integer> {

  @ParentCommand private Millrace millrace;

  @Override
  public Integer call() throws InterruptedException {
    Output output = millrace.output();
    try (ServicesHandle services =
        EmbeddedServices.startOrAttach(millrace.home(), new ProgressLines(output))) {
      if (!services.owner()) {
        throw new MillraceException(
            ErrorCode.HOME,
            "The services of " + millrace.home().root() + " run already, in another process",
            "use them: every command with the same --home attaches; or stop that process first");
      }
      ServiceEndpoints endpoints = services.endpoints();
      output.result(
          Map.of(
              "kafka",
              endpoints.kafka(),
              "jdbc_url",
              endpoints.jdbcUrl(),
              "user",
              endpoints.user()),
          List.of("kafka     " + endpoints.kafka(), "database  " + endpoints.jdbcUrl()));
      Optional<MetricsServer> metrics = millrace.metrics();
      try {
        output.progress("Running; Ctrl+C stops them.");
        Interruption.await();
        output.progress("Stopping ...");
      } finally {
        metrics.ifPresent(MetricsServer::close);
      }
      return 0;
    }
  }
}
