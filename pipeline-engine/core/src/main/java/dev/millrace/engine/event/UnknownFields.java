package dev.millrace.engine.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// How often each field of no column was met, in bounded memory.
///
/// Up to 4,096 names are counted; when one more comes, the 64 most frequent are kept and the others
/// go into the total alone. A name that keeps coming keeps its count, however many come once.
/// Confined to one thread.
final class UnknownFields {

  static final int TOLD = 64;
  static final int HELD = 4_096;
  private static final int NAME_BYTES = 100;

  private final TextDictionary names = new TextDictionary();
  private final long[] counts = new long[HELD];
  private long total;
  private Map<String, Long> told = Map.of();
  private long toldAt;

  void met(byte[] utf8, int offset, int length) {
    total++;
    if (length > NAME_BYTES) {
      return;
    }
    if (names.size() == HELD) {
      prune();
    }
    counts[names.code(utf8, offset, length)]++;
  }

  /// All that were met, those of names that are not told among them.
  long total() {
    return total;
  }

  /// The names met most and how often, the most frequent first.
  Map<String, Long> mostFrequent() {
    if (toldAt != total) {
      told = counted();
      toldAt = total;
    }
    return told;
  }

  private Map<String, Long> counted() {
    return IntStream.range(0, names.size())
        .boxed()
        .sorted((a, b) -> Long.compare(counts[b], counts[a]))
        .limit(TOLD)
        .collect(
            Collectors.toMap(
                names::text, code -> counts[code], (first, _) -> first, LinkedHashMap::new));
  }

  private void prune() {
    Map<String, Long> kept = counted();
    names.clear();
    Arrays.fill(counts, 0);
    kept.forEach(
        (name, count) -> {
          byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
          counts[names.code(utf8, 0, utf8.length)] = count;
        });
  }
}
