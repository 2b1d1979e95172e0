package dev.millrace.app.cli;

import dev.millrace.app.metrics.MetricsEndpoint;
import dev.millrace.app.metrics.ReadMetrics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/// `millrace metrics`: metrics of what runs on this home.
@Command(
    name = "metrics",
    description = {
      "Print the metrics of what runs on this home, in Prometheus's text format.",
      "Tells of the commands and consoles that were started with --metrics-port; of several, each sample has the label 'process'."
    })
final class MetricsCommand implements Callable<Integer> {

  @ParentCommand private Millrace millrace;

  @Override
  public Integer call() {
    Output output = millrace.output();
    ReadMetrics.Answers answers = ReadMetrics.of(millrace.home());
    answers
        .silent()
        .forEach(silent -> output.progress("millrace: " + ReadMetrics.unanswered(silent)));
    List<Map<String, Object>> processes = new ArrayList<>();
    answers
        .texts()
        .forEach(
            (endpoint, text) -> {
              Map<String, Object> process = object(endpoint);
              process.put("text", text);
              processes.add(process);
            });
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("processes", processes);
    result.put("not_answering", answers.silent().stream().map(MetricsCommand::object).toList());
    output.result(result, List.of(ReadMetrics.merged(answers.texts()).stripTrailing()));
    return 0;
  }

  private static Map<String, Object> object(MetricsEndpoint endpoint) {
    Map<String, Object> process = new LinkedHashMap<>();
    process.put("pid", endpoint.pid());
    process.put("command", endpoint.command());
    process.put("url", endpoint.url().toString());
    return process;
  }
}
