package dev.millrace.app.cli;

import dev.millrace.engine.care.CareOrder.Offsets;
import dev.millrace.engine.care.CareOrder.Restore;
import dev.millrace.engine.care.TableQuery;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `millrace table restore T --version V`: an earlier version again.
@Command(
    name = "restore",
    description = {
      "Make an earlier version the newest, by a commit that a restore can undo.",
      "The stream goes on where it is: events that came in after that version stay out."
    })
final class RestoreCommand implements Callable<Integer> {

  @ParentCommand private TableCommand parent = new TableCommand();

  @Parameters(paramLabel = "T", description = "Table, for example bronze.sensor_events.")
  private String table = "";

  @Mixin private PipelineOption pipeline = new PipelineOption();

  @Option(names = "--version", paramLabel = "V", description = "Version, from 'table history'.")
  private @Nullable Long version;

  @Option(names = "--at", paramLabel = "T", description = "Instead: the version of that time.")
  private @Nullable String at;

  @Option(
      names = "--reread",
      description =
          "Also send the stream back to where it was then: it takes in the events after it again,"
              + " as far as Kafka still holds them.")
  private boolean reread;

  @Mixin private ChangeOptions options = new ChangeOptions();

  @Override
  public Integer call() {
    Restore order =
        new Restore(TableNames.parse(table), wanted(), reread ? Offsets.REREAD : Offsets.KEEP);
    return parent.care(pipeline, options).agreed(order, "Restore it?");
  }

  private long wanted() {
    OptionalLong named = version == null ? OptionalLong.empty() : OptionalLong.of(version);
    if (named.isPresent() && at != null) {
      throw new MillraceException(
          ErrorCode.USAGE, "Both --version and --at are given", "say only one of them");
    }
    if (named.isEmpty() && at == null) {
      throw new MillraceException(
          ErrorCode.USAGE, "It is not said which version", "say --version V, or --at TIME");
    }
    if (named.isPresent()) {
      return named.getAsLong();
    }
    try (LakeSession lakes = parent.lakes(pipeline)) {
      return TableQuery.versionAt(
          lakes.table(table), TableQuery.moment(java.util.Objects.requireNonNull(at)));
    }
  }
}
