package dev.millrace.app.bench;

import dev.millrace.simulator.sink.EventSink;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Makes events longer on their way to a sink: every one gets the same words before a text of its
/// own, so many that the first comes to the wanted length. For one thread.
final class LongerEvents implements EventSink {

  private static final byte[] WORDS =
      "campus-north/building-07/".getBytes(StandardCharsets.US_ASCII);

  private final EventSink sink;
  private final int wanted;
  private final byte[] before;
  private byte[] words = {};
  private boolean measured;
  private int place;

  /// @param wanted bytes of an event
  /// @param field the text that is made longer
  LongerEvents(EventSink sink, int wanted, String field) {
    this.sink = sink;
    this.wanted = wanted;
    before = ("\"" + field + "\":\"").getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void send(byte[] key, byte[] value) {
    if (!measured) {
      measured = true;
      words = words(Math.max(0, wanted - value.length));
    }
    sink.send(key, words.length == 0 ? value : longer(value));
  }

  private byte[] longer(byte[] value) {
    int at = textIn(value);
    byte[] longer = Arrays.copyOf(value, value.length + words.length);
    System.arraycopy(words, 0, longer, at, words.length);
    System.arraycopy(value, at, longer, at + words.length, value.length - at);
    return longer;
  }

  /// Where the text begins; mostly about where it did in the event before.
  private int textIn(byte[] value) {
    for (int from : new int[] {Math.max(0, place - 32), 0}) {
      for (int at = from; at + before.length <= value.length; at++) {
        if (Arrays.equals(value, at, at + before.length, before, 0, before.length)) {
          place = at;
          return at + before.length;
        }
      }
    }
    throw new IllegalStateException("an event of the bench lacks its text");
  }

  private static byte[] words(int length) {
    byte[] words = new byte[length];
    for (int i = 0; i < length; i++) {
      words[i] = WORDS[i % WORDS.length];
    }
    return words;
  }

  @Override
  public void flush() {
    sink.flush();
  }

  @Override
  public void close() {
    sink.close();
  }
}
