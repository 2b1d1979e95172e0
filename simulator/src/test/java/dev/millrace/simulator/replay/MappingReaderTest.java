package dev.millrace.simulator.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.error.ProblemsException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MappingReaderTest {

  private static final String WHOLE =
      """
      feed: sensor-events
      delimiter: tab
      quote: none
      header: no
      columns: [date, t]
      charset: windows-1252
      decimal: ","
      nulls: ["", x]
      time:
        column: date
        format: ["dd.MM.yyyy HH:mm", epoch-ms]
        zone: Europe/Berlin
        midnight: ends-day
      readings:
        - column: t
          sensor: s
          kind: temperature
          unit: "°C"
          place: a/b
          scale: 0.10
      static: { firmware: "1.2", empty: "" }
      bad-rows: fail
      """;

  @Test
  void everyKeyIsRead() {
    assertThat(parse(WHOLE))
        .isEqualTo(
            new ReplayMapping(
                "m.yaml",
                Optional.of("sensor-events"),
                '\t',
                Optional.empty(),
                ReplayMapping.Header.NO,
                List.of("date", "t"),
                Charset.forName("windows-1252"),
                ',',
                Set.of("", "x"),
                new ReplayMapping.TimeColumn(
                    "date",
                    List.of("dd.MM.yyyy HH:mm", "epoch-ms"),
                    ZoneId.of("Europe/Berlin"),
                    ReplayMapping.Midnight.ENDS_DAY,
                    10),
                List.of(
                    new ReplayMapping.Reading(
                        "t",
                        "s",
                        Optional.of("temperature"),
                        Optional.of("°C"),
                        Optional.of("a/b"),
                        Optional.of(new BigDecimal("0.10")),
                        15)),
                Map.of("firmware", "1.2", "empty", ""),
                ReplayMapping.BadRows.FAIL));
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          delimiter: tab | delimiter: ab | is 'ab' | one character
          delimiter: tab | delimter: tab | no known key | write delimiter?
          quote: none | quote: no | is 'no' | none
          header: no | header: maybe | cannot be 'maybe' | write one of
          columns: [date, t] | nulls: x | columns` is missing | [date, temperature]
          columns: [date, t] | columns: [date, date] | names date twice | its own name
          header: no | header: yes | stand beside a header | leave one
          charset: windows-1252 | charset: latin-99 | no known charset | windows-1252
          decimal: "," | decimal: ";" | cannot be ';' | write
          format: ["dd.MM.yyyy HH:mm", epoch-ms] | format: HH:mm | is no time format | yyyy-MM-dd
          format: ["dd.MM.yyyy HH:mm", epoch-ms] | format: yyyy-bb-dd | is no time format | yyyy-MM-dd
          zone: Europe/Berlin | zone: Europe/Berln | no known time zone | write Europe/Berlin?
          column: date | colum: date | time.column` is missing | column: date
          sensor: s | sensr: s | readings[1].sensor` is missing | {file}-temperature
          scale: 0.10 | scale: ten | is 'ten' | a number
          bad-rows: fail | bad-rows: ignore | cannot be 'ignore' | write one of: skip, fail
          """)
  void aFaultIsToldWithItsRemedy(String sound, String faulty, String what, String remedy) {
    String yaml = WHOLE.replaceFirst(Pattern.quote(sound), Matcher.quoteReplacement(faulty));

    ProblemsException refused = catchThrowableOfType(ProblemsException.class, () -> parse(yaml));

    assertThat(refused).isNotNull();
    assertThat(refused.problems())
        .anySatisfy(
            p -> {
              assertThat(p.file()).isEqualTo("m.yaml");
              assertThat(p.line()).isPositive();
              assertThat(p.what()).contains(what);
              assertThat(p.remedy()).contains(remedy);
            });
  }

  @Test
  void theIndexNamesEveryShippedMappingAndEachReads() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/mappings"))) {
      List<String> names =
          files
              .map(f -> f.getFileName().toString())
              .filter(f -> f.endsWith(".yaml"))
              .map(f -> f.replace(".yaml", ""))
              .sorted()
              .toList();
      assertThat(MappingReader.shipped()).containsExactlyElementsOf(names);
    }
    assertThat(MappingReader.shipped())
        .allSatisfy(name -> assertThat(MappingReader.find(name).readings()).isNotEmpty());
  }

  @Test
  void anUnknownMappingIsSaid() {
    assertThatThrownBy(() -> MappingReader.find("no-such"))
        .isInstanceOfSatisfying(
            MillraceException.class, e -> assertThat(e.remedy()).contains("occupancy"));
  }

  private static ReplayMapping parse(String yaml) {
    return MappingReader.parse("m.yaml", yaml.getBytes(StandardCharsets.UTF_8));
  }
}
