package dev.millrace.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The lint itself: what is right passes, and each fault is found.
class PrometheusTextTest {

  private static final String RIGHT =
      """
      # HELP a_total As many
      # TYPE a_total counter
      a_total{x="1",y="q\\"uote"} 3.0
      a_total{x="2",y=""} 4.0
      # HELP b_seconds Times
      # TYPE b_seconds histogram
      b_seconds_bucket{le="0.5"} 1
      b_seconds_bucket{le="+Inf"} 2
      b_seconds_count 2
      b_seconds_sum 1.5
      # HELP c_bytes Size
      # TYPE c_bytes gauge
      c_bytes NaN
      """;

  @Test
  void whatIsRightPasses() {
    PrometheusText text = new PrometheusText(RIGHT);
    assertThat(text.problems()).isEmpty();
    assertThat(text.value("a_total", "a_total", Map.of("x", "2"))).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "# HELP a_total As many\\n | '' | no HELP",
        "# TYPE a_total counter\\n | '' | no TYPE",
        "a_total | a_sum | end in _total",
        "x=\"2\",y=\"\" | x=\"1\",y=\"q\\\\\"uote\" | stands twice",
        "c_bytes | c_megabytes | no base unit",
        "c_bytes | c_count | a histogram's part",
        "b_seconds_sum | b_sum | does not belong",
        "b_seconds_count 2 | b_seconds_count 3 | is not the count",
        "\"0.5\"} 1 | \"0.5\"} 5 | falls back",
        "x=\"2\" | x=2 | no labels",
        "c_bytes NaN | c_bytes | no sample",
        "c_bytes NaN | c_bytes 1_000 | no number",
        "a_total{x=\"2\",y=\"\"} 4.0 | a_total{x=\"2\",y=\"\"} -4.0 | a counter of",
        "# TYPE c_bytes gauge\\nc_bytes NaN | # TYPE c_bytes gauge | no samples",
      })
  void eachFaultIsFound(String right, String wrong, String problem) {
    String before = right.replace("\\n", "\n");
    assertThat(RIGHT).contains(before);
    String text = RIGHT.replace(before, wrong.replace("\\\\", "\\"));
    assertThat(new PrometheusText(text).problems())
        .as(text)
        .anySatisfy(p -> assertThat(p).contains(problem));
  }

  @Test
  void textsOfSeveralProcessesBecomeOne() {
    Exposition all = new Exposition();
    all.add(RIGHT, "one-1");
    all.add(RIGHT, "two-2");
    PrometheusText text = new PrometheusText(all.text());
    assertThat(text.problems()).isEmpty();
    assertThat(text.value("a_total", "a_total", Map.of("x", "1", "process", "two-2"))).isEqualTo(3);
    assertThat(text.value("c_bytes", "c_bytes", Map.of("process", "one-1"))).isNaN();
  }
}
