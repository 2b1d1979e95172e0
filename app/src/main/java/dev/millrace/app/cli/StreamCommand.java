package dev.millrace.app.cli;

import dev.millrace.engine.api.Command.CatchUp;
import dev.millrace.engine.api.Command.StartStream;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.pipeline.Pipelines;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `millrace stream run`: a stream worker in the foreground; several may run.
@Command(name = "stream", description = "Run a stream worker: Kafka to Bronze, exactly once.")
final class StreamCommand {

  @ParentCommand private Millrace millrace;

  @Command(
      name = "run",
      description = {
        "Take events in until Ctrl+C, or until what stands in the topic is in the lake.",
        "Several workers may run; each takes its share of the partitions. One that is killed loses and doubles nothing."
      })
  int run(
      @Parameters(paramLabel = "PIPELINE", description = "Name of the pipeline.") String name,
      @Option(
              names = "--until-caught-up",
              description = "End when everything that stands in the topic now is committed.")
          boolean untilCaughtUp,
      @Option(names = "--feed", paramLabel = "FEED", description = "Only this feed.")
          Optional<String> feedName)
      throws InterruptedException {
    Feed feed = Given.feed(new Pipelines(millrace.home()).find(name), feedName);
    Output output = millrace.output();
    output.progress("Opening the services and tables of " + millrace.home().root() + " ...");
    try (Session session = Session.open(millrace, name)) {
      if (untilCaughtUp) {
        return session.ended(feed, session.perform(new CatchUp(name, feed.name())));
      }
      session.perform(new StartStream(name, feed.name()));
      output.progress(
          "Taking in "
              + feed.kafka().topic()
              + "; Ctrl+C stops. Waiting for a share of its "
              + feed.kafka().partitions()
              + " partitions ...");
      return session.watchStream(feed);
    }
  }
}
