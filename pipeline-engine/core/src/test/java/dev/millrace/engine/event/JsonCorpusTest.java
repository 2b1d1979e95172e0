package dev.millrace.engine.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The parser torture files, each as one Kafka value: `n_` must get a parse reason, `y_` must not.
class JsonCorpusTest {

  private static final byte[] GOOD =
      "{\"sensor_id\":\"s\",\"sensor_type\":\"t\",\"event_time\":1767225600000}"
          .getBytes(StandardCharsets.UTF_8);

  @Test
  void everyFileGetsTheRightKindOfReasonAndTheStreamGoesOn() throws IOException {
    Optional<Path> corpus = corpus();
    assumeTrue(corpus.isPresent(), "no folder shared/data/json; set -Djson.corpus=DIR");
    EventDecoder decoder = new EventDecoder(Feeds.readings());
    EventBatch batch = new EventBatch(Feeds.readings());
    List<Path> files;
    try (Stream<Path> listed = Files.list(corpus.get())) {
      files = listed.filter(f -> f.toString().endsWith(".json")).sorted().toList();
    }
    assertThat(files).isNotEmpty();
    for (Path file : files) {
      byte[] value = Files.readAllBytes(file);
      Verdict verdict = decoder.decode(value, 0, value.length, batch);
      assertThat(verdict).as("%s", file).isInstanceOf(Verdict.Refused.class);
      Verdict.Refused refused = (Verdict.Refused) verdict;
      char kind = file.getFileName().toString().charAt(0);
      if (kind != 'i') {
        assertThat(refused.reason().parse()).as("%s: %s", file, refused).isEqualTo(kind == 'n');
      }
      assertThat(refused.position()).as("%s", file).isBetween(0, value.length);
      assertThat(decoder.decode(GOOD, 0, GOOD.length, batch)).isEqualTo(Verdict.Event.DECODED);
      batch.accept(0, 0, batch.rows());
    }
    assertThat(batch.rows()).isEqualTo(files.size());
  }

  private static Optional<Path> corpus() {
    String given = System.getProperty("json.corpus");
    if (given != null) {
      return Optional.of(Path.of(given));
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path folder = at.resolve("shared/data/json");
      if (Files.isDirectory(folder)) {
        return Optional.of(folder);
      }
    }
    return Optional.empty();
  }
}
