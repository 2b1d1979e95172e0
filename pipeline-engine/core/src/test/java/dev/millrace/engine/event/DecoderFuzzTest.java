package dev.millrace.engine.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The decoder against Jackson's tree reader on truncated, mutated and generated texts.
class DecoderFuzzTest {

  private static final ObjectMapper MODEL =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private static final String EVENT =
      """
      {"sensor_id":"sensor-0042","sensor_type":"temp\\u00e9rature","location":"floor-2/z\u00f6ne-\ud83d\ude00",
       "value":-21.347e0,"unit":"\\u00b0C","event_time":"2026-01-31T12:00:00.123456Z",
       "meta":{"battery":87,"tags":["a","b\\\\",null,true,false,1e-3],"deep":[[[{}]]]}}\
      """;

  static {
    MODEL
        .getFactory()
        .setStreamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(500).build());
  }

  private final EventDecoder decoder = new EventDecoder(Feeds.readings());
  private final EventBatch batch = new EventBatch(Feeds.readings());

  @Test
  void everyTruncationIsRefusedAsText() {
    byte[] whole = EVENT.getBytes(StandardCharsets.UTF_8);
    for (int length = 0; length < whole.length; length++) {
      Verdict verdict = decoder.decode(whole, 0, length, batch);
      int cut = length;
      assertThat(verdict)
          .isInstanceOfSatisfying(
              Verdict.Refused.class,
              r -> assertThat(r.reason().parse()).as("cut at %d: %s", cut, r).isTrue());
    }
    assertThat(decoder.decode(whole, 0, whole.length, batch)).isEqualTo(Verdict.Event.DECODED);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void mutationsAgreeWithTheModel(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] whole = EVENT.getBytes(StandardCharsets.UTF_8);
    byte[] spice = "{}[]:,\"\\\"u0019eE+-.tfn \n\u00e9\u20ac".getBytes(StandardCharsets.UTF_8);
    for (int round = 0; round < 20_000; round++) {
      byte[] text = whole.clone();
      for (int k = random.nextInt(3); k >= 0; k--) {
        int at = random.nextInt(text.length);
        switch (random.nextInt(4)) {
          case 0 -> text[at] = (byte) random.nextInt(256);
          case 1 -> text[at] = spice[random.nextInt(spice.length)];
          case 2 -> text = without(text, at);
          default -> text = with(text, at, spice[random.nextInt(spice.length)]);
        }
      }
      compare(text, seed, round);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12})
  void numbersAgreeWithTheModel(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 20_000; round++) {
      String number =
          switch (random.nextInt(5)) {
            case 0 -> Double.toString(Double.longBitsToDouble(random.nextLong()));
            case 1 -> random.nextLong() + "." + random.nextLong(Long.MAX_VALUE);
            case 2 ->
                Math.round(random.nextDouble(-1e6, 1e6)) / 1e3 + "e" + random.nextInt(-330, 330);
            case 3 -> random.nextInt(1000) + "E+" + random.nextInt(30);
            default -> Double.toString(random.nextDouble(-100, 100));
          };
      String text =
          "{\"sensor_id\":\"s\",\"sensor_type\":\"t\",\"event_time\":1767225600000,\"value\":"
              + number
              + "}";
      compare(text.getBytes(StandardCharsets.UTF_8), seed, round);
    }
  }

  private void compare(byte[] text, long seed, int round) {
    Verdict verdict = decoder.decode(text, 0, text.length, batch);
    String where =
        "seed %d round %d: %s: %s"
            .formatted(seed, round, new String(text, StandardCharsets.UTF_8), verdict);
    Optional<JsonNode> model = readStrictly(text);
    switch (verdict) {
      case Verdict.Refused refused ->
          assertThat(refused.reason().parse()).as(where).isEqualTo(model.isEmpty());
      case Verdict.Event _ -> {
        assertThat(model).as(where).isPresent();
        JsonNode tree = model.orElseThrow();
        ColumnBatch rows = batch.columns();
        field(
            tree, "sensor_id", v -> assertThat(rows.text(0).at(0)).as(where).isEqualTo(v.asText()));
        field(
            tree, "location", v -> assertThat(rows.text(2).at(0)).as(where).isEqualTo(v.asText()));
        field(
            tree,
            "value",
            v -> assertThat(rows.doubles(3).at(0)).as(where).isEqualTo(v.doubleValue()));
        assertThat(extra(rows)).as(where).isEqualTo(withoutColumns(tree));
      }
    }
  }

  private static JsonNode extra(ColumnBatch rows) {
    TextVector extra = rows.text(rows.schema().indexOf("_extra"));
    try {
      return MODEL.readTree(extra.isNull(0) ? "{}" : extra.at(0));
    } catch (JsonProcessingException e) {
      throw new AssertionError(extra.at(0), e);
    }
  }

  private static JsonNode withoutColumns(JsonNode tree) {
    ObjectNode rest = tree.deepCopy();
    return rest.remove(
        Feeds.readings().schema().columns().stream().map(column -> column.name()).toList());
  }

  private static void field(JsonNode model, String name, Consumer<JsonNode> check) {
    JsonNode value = model.get(name);
    if (value != null && !value.isNull()) {
      check.accept(value);
    }
  }

  /// The tree, or empty where the text is not JSON by the rules the decoder documents: Jackson lets
  /// half surrogate pairs and some ill-formed UTF-8 pass.
  private static Optional<JsonNode> readStrictly(byte[] text) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
      JsonNode tree = MODEL.readTree(text);
      boolean bad = tree.isMissingNode() || hasHalfPair(MODEL.writeValueAsString(tree), tree);
      return bad ? Optional.empty() : Optional.of(tree);
    } catch (CharacterCodingException | JsonProcessingException _) {
      return Optional.empty();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean hasHalfPair(String written, JsonNode tree) {
    return !StandardCharsets.UTF_8.newEncoder().canEncode(written)
        || (tree.isTextual() && !StandardCharsets.UTF_8.newEncoder().canEncode(tree.textValue()));
  }

  private static byte[] without(byte[] text, int at) {
    byte[] shorter = Arrays.copyOf(text, text.length - 1);
    System.arraycopy(text, at + 1, shorter, at, shorter.length - at);
    return shorter;
  }

  private static byte[] with(byte[] text, int at, byte added) {
    byte[] longer = Arrays.copyOf(text, text.length + 1);
    System.arraycopy(text, at, longer, at + 1, text.length - at);
    longer[at] = added;
    return longer;
  }
}
