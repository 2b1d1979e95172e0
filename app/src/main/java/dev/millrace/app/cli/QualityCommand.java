package dev.millrace.app.cli;

import dev.millrace.engine.api.Command.Check;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.TableName;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `millrace quality validate`: tables judged by their suites.
@Command(name = "quality", description = "Judge tables by their Great Expectations suites.")
final class QualityCommand {

  @ParentCommand private Millrace millrace;

  @Command(name = "validate", description = "Judge one table, or all that have a suite.")
  int validate(
      @Parameters(paramLabel = "PIPELINE", description = "Name of the pipeline.") String pipeline,
      @Option(
              names = "--table",
              paramLabel = "T",
              description = "Table, for example silver.readings (default: all with a suite).")
          Optional<String> table) {
    Optional<TableName> name =
        table.map(
            text ->
                TableName.parse(text)
                    .orElseThrow(
                        () ->
                            new MillraceException(
                                ErrorCode.USAGE,
                                "'" + text + "' names no table",
                                "write layer.name, for example silver.readings")));
    try (Session session = Session.open(millrace, pipeline)) {
      return session.run(new Check(pipeline, name), "expectations");
    }
  }
}
