package dev.millrace.app.cli;

import dev.millrace.engine.care.CareOrder;
import dev.millrace.engine.care.Subject;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.pipeline.Pipelines;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `millrace table erase --entity ID`: a sensor, device or person leaves every table and its past.
@Command(
    name = "erase",
    description = {
      "Erase a sensor, device or person from every table, its past and the warehouse.",
      "Earlier versions, dead letters and logs are included; the record of it does not hold the value.",
      "Done again, it completes what was broken off."
    })
final class EraseCommand implements Callable<Integer> {

  @ParentCommand private TableCommand parent = new TableCommand();

  @Option(
      names = "--entity",
      paramLabel = "ID",
      description = "Id in the column that has the feed's role entity.")
  private Optional<String> entity = Optional.empty();

  @Option(
      names = "--where",
      paramLabel = "COLUMN=VALUE",
      description = "Instead: rows with this value in a column, in whichever table has it.")
  private Map<String, String> where = new TreeMap<>();

  @Mixin private PipelineOption pipeline = new PipelineOption();

  @Option(
      names = "--prove",
      description = "Erase nothing: look through every file of every table for the value.")
  private boolean prove;

  @Option(
      names = "--lake-only",
      description = "Leave the warehouse and the control database; needs no services.")
  private boolean lakeOnly;

  @Mixin private ChangeOptions options = new ChangeOptions();

  @Override
  public Integer call() {
    if (prove && options.yes()) {
      throw new MillraceException(
          ErrorCode.USAGE,
          "--prove looks and erases nothing, and --yes agrees to an erasure",
          "leave --yes out to look, or --prove to erase");
    }
    Subject subject = subject();
    CareRun run = parent.care(pipeline, options);
    if (prove) {
      return run.atOnce(new CareOrder.Prove(subject));
    }
    CareOrder.Erase order = new CareOrder.Erase(subject);
    String question = "Erase for good?";
    boolean services = Files.isDirectory(run.millrace().home().services());
    return lakeOnly || !services
        ? run.agreed(order, question)
        : run.agreedWithServices(order, question, "Look for it in the warehouse as well?");
  }

  private Subject subject() {
    if (entity.isPresent() && !where.isEmpty()) {
      throw new MillraceException(
          ErrorCode.USAGE, "Both --entity and --where are given", "say only one of them");
    }
    if (where.size() > 1) {
      throw new MillraceException(
          ErrorCode.USAGE,
          "--where names " + where.size() + " columns",
          "say only one, and erase once for each");
    }
    if (entity.isEmpty() && where.isEmpty()) {
      throw new MillraceException(
          ErrorCode.USAGE,
          "It is not said whom to erase",
          "say --entity ID, or --where column=value");
    }
    if (entity.isPresent()) {
      return Subject.entity(
          new Pipelines(parent.millrace().home()).find(pipeline.name()), entity.get());
    }
    Map.Entry<String, String> condition = where.entrySet().iterator().next();
    return new Subject(Set.of(condition.getKey()), condition.getValue());
  }
}
