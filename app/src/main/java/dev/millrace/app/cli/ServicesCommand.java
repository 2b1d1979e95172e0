package dev.millrace.app.cli;

import dev.millrace.app.crash.RunMark;
import dev.millrace.app.metrics.MetricsServer;
import dev.millrace.app.session.Interruption;
import dev.millrace.embedded.EmbeddedServices;
import dev.millrace.embedded.ServicesHandle;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.ServiceEndpoints;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `millrace services`: the embedded services in the foreground.
@Command(
    name = "services",
    description = {
      "Run the embedded broker and database of this home in the foreground, until Ctrl+C or SIGTERM.",
      "Other commands and the console attach to them. An S3 server runs beside them with --s3, or",
      "when settings.yaml says that the lake lies in it."
    })
final class ServicesCommand implements Callable<Integer> {

  @ParentCommand private Millrace millrace;

  @Option(names = "--s3", description = "Run an S3 server beside them.")
  private boolean s3;

  @Override
  public Integer call() throws InterruptedException {
    Output output = millrace.output();
    ProgressLines progress = new ProgressLines(output);
    Optional<MetricsServer> metrics = millrace.metrics();
    try (ServicesHandle services =
            s3
                ? EmbeddedServices.startWithS3(millrace.home(), progress)
                : EmbeddedServices.startOrAttach(millrace.home(), progress);
        RunMark _ = RunMark.leave(millrace.home())) {
      if (!services.owner()) {
        throw new MillraceException(
            ErrorCode.HOME,
            "The services of " + millrace.home().root() + " run already, in another process",
            "use them: every command with the same --home attaches; or stop that process first");
      }
      ServiceEndpoints endpoints = services.endpoints();
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("kafka", endpoints.kafka());
      object.put("jdbc_url", endpoints.jdbcUrl());
      object.put("user", endpoints.user());
      List<String> lines = new ArrayList<>();
      lines.add("kafka     " + endpoints.kafka());
      lines.add("database  " + endpoints.jdbcUrl());
      endpoints
          .s3()
          .ifPresent(
              server -> {
                object.put("s3", server.url());
                lines.add(
                    "s3        "
                        + server.url()
                        + ", keys in "
                        + millrace.home().services().resolve("s3").resolve("credentials"));
              });
      output.result(object, lines);
      output.progress("Running; Ctrl+C stops them.");
      Interruption.await();
      output.progress("Stopping ...");
      return 0;
    } finally {
      metrics.ifPresent(MetricsServer::close);
    }
  }
}
