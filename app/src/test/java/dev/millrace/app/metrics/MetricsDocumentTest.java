package dev.millrace.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.metric.MeterName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// docs/metrics.md and docs/alerts.yml beside the code.
class MetricsDocumentTest {

  private static final Path DOCS = Path.of("..", "docs");

  @Test
  void theTableHoldsEveryMeterAsTheCodeSays() throws IOException {
    List<String> rows =
        Files.readAllLines(DOCS.resolve("metrics.md")).stream()
            .filter(line -> line.startsWith("| `millrace_"))
            .toList();
    assertThat(rows)
        .containsExactlyElementsOf(
            Arrays.stream(MeterName.values()).map(MetricsDocumentTest::row).toList());
  }

  private static String row(MeterName meter) {
    String labels =
        meter.labels().stream().map(label -> "`" + label + "`").collect(Collectors.joining(", "));
    return "| `%s` | %s | %s | %s | %s |"
        .formatted(
            meter.prometheus(),
            meter.kind().name().toLowerCase(Locale.ROOT),
            meter.unit().isEmpty() ? "–" : meter.unit(),
            labels.isEmpty() ? "–" : labels,
            meter.description());
  }

  @Test
  void alertsAskForMetersThatAre() throws IOException {
    Set<String> known =
        Arrays.stream(MeterName.values()).map(MeterName::prometheus).collect(Collectors.toSet());
    Set<String> asked = new TreeSet<>();
    Pattern.compile("millrace_\\w+")
        .matcher(Files.readString(DOCS.resolve("alerts.yml")))
        .results()
        .forEach(found -> asked.add(found.group()));
    assertThat(asked).isNotEmpty().isSubsetOf(known);
  }
}
