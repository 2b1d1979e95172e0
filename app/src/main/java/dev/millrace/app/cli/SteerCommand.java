package dev.millrace.app.cli;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.pipeline.Pipelines;
import dev.millrace.simulator.steer.Orders;
import dev.millrace.simulator.steer.Steering;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `millrace steer PIPELINE ORDER`: change a simulator that runs in another terminal or a console.
@Command(
    name = "steer",
    description = {
      "Give an order to the simulators of a pipeline that run in the same home: 'millrace simulate' in"
          + " another terminal, and the console's.",
      "'millrace steer PIPELINE help' lists the orders, for example: rate 500, anomalies 0.1,"
          + " break temperature-07 stuck, mend all."
    })
final class SteerCommand implements Callable<Integer> {

  @ParentCommand private Millrace millrace;

  @Parameters(index = "0", paramLabel = "PIPELINE", description = "Name of the pipeline.")
  private String name = "";

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "ORDER", description = "The order.")
  private List<String> order = new ArrayList<>();

  @Override
  public Integer call() {
    Output output = millrace.output();
    new Pipelines(millrace.home()).find(name);
    if (order.equals(List.of("help"))) {
      output.result(Map.of("orders", Orders.HELP), Orders.HELP);
      return 0;
    }
    Path folder = millrace.home().simulator(name);
    List<Steering.Answer> answers = Steering.give(folder, String.join(" ", order));
    if (answers.isEmpty()) {
      throw new MillraceException(
          ErrorCode.USAGE,
          "no simulator of %s runs in the home %s: no file %s is there"
              .formatted(name, millrace.home().root(), folder.resolve("steer-PROCESS")),
          "start one with 'millrace simulate %s' or open the console there, or name its home with --home"
              .formatted(name));
    }
    for (Steering.Answer answer : answers) {
      answer
          .refusal()
          .ifPresent(
              refusal -> {
                throw refusal;
              });
    }
    print(output, answers);
    return 0;
  }

  private static void print(Output output, List<Steering.Answer> answers) {
    List<Map<String, Object>> objects = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (Steering.Answer answer : answers) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("process", answer.process());
      object.put("answer", answer.lines());
      objects.add(object);
      if (answers.size() > 1) {
        lines.add("simulator " + answer.process() + ":");
      }
      lines.addAll(answer.lines());
    }
    output.result(Map.of("answers", objects), lines);
  }
}
