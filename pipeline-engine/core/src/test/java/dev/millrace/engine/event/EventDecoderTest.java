package dev.millrace.engine.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.pipeline.Feed;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventDecoderTest {

  private final EventDecoder decoder = new EventDecoder(Feeds.everyType());
  private final EventBatch batch = new EventBatch(Feeds.everyType());

  @Test
  void everyTypeStandsInItsColumn() {
    accept(
        """
        {"x":"AQI=","day":"2024-02-29","t":"2026-01-31T12:00:00.123456789+01:00","d":-1.5e3,
         "l":-9223372036854775808,"i":-7,"b":true,"s":"gr\\u00fc\\ud83d\\ude00n\\n\u00e4"}\
        """);

    ColumnBatch rows = batch.columns();
    assertThat(rows.rows()).isEqualTo(1);
    assertThat(rows.text(0).at(0)).isEqualTo("gr\u00fc\ud83d\ude00n\n\u00e4");
    assertThat(rows.ints(1).at(0)).isEqualTo(1);
    assertThat(rows.ints(2).at(0)).isEqualTo(-7);
    assertThat(rows.longs(3).at(0)).isEqualTo(Long.MIN_VALUE);
    assertThat(rows.doubles(4).at(0)).isEqualTo(-1500.0);
    assertThat(Micros.instant(rows.longs(5).at(0)))
        .isEqualTo(Instant.parse("2026-01-31T11:00:00.123456Z"));
    assertThat(rows.ints(6).at(0))
        .isEqualTo((int) java.time.LocalDate.parse("2024-02-29").toEpochDay());
    assertThat(rows.bytes(7).at(0)).containsExactly(1, 2);
  }

  @Test
  void acceptAddsArrivalCoordinatesAndDate() {
    decode("{\"t\":\"2026-01-01T00:30:00+01:00\"}");
    batch.accept(5, 2, 77);

    ColumnBatch rows = batch.columns();
    assertThat(rows.longs(8).at(0)).isEqualTo(5);
    assertThat(rows.text(9).at(0)).isEqualTo("every-type");
    assertThat(rows.ints(10).at(0)).isEqualTo(2);
    assertThat(rows.longs(11).at(0)).isEqualTo(77);
    assertThat(java.time.LocalDate.ofEpochDay(rows.ints(12).at(0))).hasToString("2025-12-31");
  }

  @Test
  void whatIsMissingOrNullIsNullAndComesBack() {
    accept("{\"t\":1767225600000,\"s\":null}");
    accept("{\"t\":1767225600000,\"s\":\"a\",\"d\":1}");
    batch.clear();
    accept("{\"t\":1767225600000,\"s\":\"b\",\"d\":2}");
    accept("{\"t\":1767225600000}");

    ColumnBatch rows = batch.columns();
    assertThat(rows.vector(0).isNull(0)).isFalse();
    assertThat(rows.vector(4).isNull(0)).isFalse();
    for (int column : new int[] {0, 1, 2, 3, 4, 6, 7}) {
      assertThat(rows.vector(column).isNull(1)).as("column %d", column).isTrue();
    }
  }

  @Test
  void aRefusedRowLeavesNothing() {
    accept("{\"t\":1767225600000,\"s\":\"first\"}");
    assertThat(decode("{\"s\":\"second\",\"i\":3,\"t\":\"never\"}"))
        .isInstanceOf(Verdict.Refused.class);
    accept("{\"t\":1767225600000}");

    assertThat(batch.rows()).isEqualTo(2);
    assertThat(batch.columns().text(0).at(0)).isEqualTo("first");
    assertThat(batch.columns().vector(0).isNull(1)).isTrue();
    assertThat(batch.columns().vector(2).isNull(1)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"s\":\"a\"}                      | MISSING_FIELD   | 8",
        "{\"t\":null}                       | NULL_FIELD      | 5",
        "{\"t\":1767225600000,\"s\":1}      | WRONG_TYPE      | 23",
        "{\"t\":1767225600000,\"s\":{\"a\":[]}} | WRONG_TYPE  | 23",
        "{\"t\":1767225600000,\"d\":\"1\"}  | WRONG_TYPE      | 23",
        "{\"t\":1767225600000,\"i\":1.0}    | WRONG_TYPE      | 23",
        "{\"t\":1767225600000,\"b\":1}      | WRONG_TYPE      | 23",
        "{\"t\":1767225600000,\"x\":\"?\"}  | WRONG_TYPE      | 23",
        "{\"t\":1767225600000,\"i\":2147483648} | OUT_OF_RANGE | 23",
        "{\"t\":1767225600000,\"l\":9223372036854775808} | OUT_OF_RANGE | 23",
        "{\"t\":1767225600000,\"d\":1e400}  | OUT_OF_RANGE    | 23",
        "{\"t\":1767225600000,\"t\":1}      | DUPLICATE_FIELD | 19",
        "{\"t\":\"2026-02-29T00:00:00Z\"}   | BAD_TIME        | 5",
        "{\"t\":true}                       | WRONG_TYPE      | 5",
        "{\"t\":1767225600}                 | BAD_TIME        | 5",
        "{\"t\":1767225600000000000}        | BAD_TIME        | 5",
        "{\"t\":1767225600000.5}            | BAD_TIME        | 5",
        "{\"t\":1767225600000,\"day\":\"2023-02-29\"} | BAD_TIME | 25",
        "[1]                                | NOT_AN_OBJECT   | 0",
        "'  7 '                             | NOT_JSON        | 0",
        "7                                  | NOT_AN_OBJECT   | 0",
        "{\"t\":NaN}                        | NOT_JSON        | 5",
        "{\"t\":1767225600000} x            | NOT_JSON        | 20",
        "{\"t\":1767225600000,}             | NOT_JSON        | 19",
        "{\"t\":\"\\ud800\"}                | NOT_JSON        | 6",
        "{\"s\":1,\"t\":}                   | NOT_JSON        | 11",
        "[}                                 | NOT_JSON        | 1",
      })
  void refusals(String text, Reason reason, int position) {
    assertThat(decode(text))
        .isInstanceOfSatisfying(
            Verdict.Refused.class,
            refused -> {
              assertThat(refused.reason()).as(refused.detail()).isEqualTo(reason);
              assertThat(refused.position()).as(refused.detail()).isEqualTo(position);
            });
    assertThat(batch.rows()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "1767225600000, 2026-01-01T00:00:00Z",
    "1767225600000001, 2026-01-01T00:00:00.000001Z",
    "-62135596800000000, 0001-01-01T00:00:00Z",
    "253402300799999999, 9999-12-31T23:59:59.999999Z"
  })
  void epochIsReadByItsMagnitude(String epoch, Instant instant) {
    accept("{\"t\":" + epoch + "}");
    assertThat(Micros.instant(batch.time().at(0))).isEqualTo(instant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"t\":\"\u00ff\"}",
        "{\"\u00c3(\":1}",
        "[\"\u00ed\u00a0\u0080\"]",
        "\"\u00c0\u0080\""
      })
  void bytesThatAreNotUtf8(String latin) {
    byte[] bytes = latin.getBytes(StandardCharsets.ISO_8859_1);
    assertThat(decoder.decode(bytes, 0, bytes.length, batch))
        .isInstanceOfSatisfying(
            Verdict.Refused.class, r -> assertThat(r.reason()).isEqualTo(Reason.NOT_UTF8));
  }

  @Test
  void unknownFieldsAreCheckedAndCounted() {
    accept("{\"deep\":{\"a\":[1,{\"b\":null},\"x\"]},\"t\":1767225600000,\"new\":1}");
    accept("{\"\\u0074\":1767225600000,\"new\":false}");

    assertThat(decoder.unknownFields()).isEqualTo(3);
    assertThat(decoder.unknownFieldNames()).isEqualTo(Map.of("deep", 1L, "new", 2L));
    assertThat(reasonOf("{\"deep\":{\"a\":[1,{\"b\":nul}]},\"t\":1767225600000}"))
        .isEqualTo(Reason.NOT_JSON);
  }

  @Test
  void unknownFieldsAreKeptAsTheyWereSent() {
    accept(
        "{\"n\\u00e9w\" : [1, 2 ],\"t\":1767225600000,\"e\":1.50e+3,\"_extra\":null,\"e\":\"\\/\"}");
    accept("{\"t\":1767225600000}");
    accept("{ \"big\":123456789012345678901234567890 , \"t\":1767225600000}");
    assertThat(reasonOf("{\"lost\":1,\"t\":\"never\"}")).isEqualTo(Reason.BAD_TIME);
    accept("{\"t\":1767225600000,\"long\":\"" + "é".repeat(5_000) + "\"}");

    TextVector extra = batch.columns().text(batch.columns().schema().indexOf("_extra"));
    assertThat(extra.at(0))
        .isEqualTo("{\"n\\u00e9w\":[1, 2 ],\"e\":1.50e+3,\"_extra\":null,\"e\":\"\\/\"}");
    assertThat(extra.isNull(1)).isTrue();
    assertThat(extra.at(2)).isEqualTo("{\"big\":123456789012345678901234567890}");
    assertThat(extra.at(3)).isEqualTo("{\"long\":\"" + "é".repeat(5_000) + "\"}");
  }

  /// What people send as times, beside what the calendar has.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-02-30T00:00:00Z",
        "2025-02-29T00:00:00Z",
        "2026-04-31T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-00-10T00:00:00Z",
        "2026-01-01T24:00:00Z",
        "2026-01-01T23:60:00Z",
        "2026-06-30T23:59:60Z",
        "10000-01-01T00:00:00Z",
        "+10000-01-01T00:00:00Z",
        "0000-01-01T00:00:00Z",
        "2026-01-01T00:00:00",
        "2026-01-01",
        ""
      })
  void timesOutOfTheCalendarAreRefused(String time) {
    assertThat(reasonOf("{\"t\":\"" + time + "\"}")).isEqualTo(Reason.BAD_TIME);
  }

  @Test
  void aFeedMayTakeLongerEvents() {
    Feed every = Feeds.everyType();
    Feed wide =
        new Feed(
            every.name(),
            every.kafka(),
            every.schema(),
            every.roles(),
            every.watermark(),
            every.trigger(),
            every.batchRows(),
            3 << 20);
    byte[] value =
        ("{\"t\":1767225600000,\"s\":\"" + "x".repeat(2 << 20) + "\"}")
            .getBytes(StandardCharsets.UTF_8);
    assertThat(new EventDecoder(wide).decode(value, 0, value.length, new EventBatch(wide)))
        .isEqualTo(Verdict.Event.DECODED);
    assertThat(decoder.decode(value, 0, value.length, batch))
        .isInstanceOfSatisfying(
            Verdict.Refused.class, r -> assertThat(r.reason()).isEqualTo(Reason.TOO_LARGE));
  }

  @Test
  void lengthAndDepthAreBounded() {
    assertThat(reasonOf("{\"t\":\"" + "x".repeat(1 << 20) + "\"}")).isEqualTo(Reason.TOO_LARGE);
    assertThat(reasonOf("[".repeat(100_000))).isEqualTo(Reason.NOT_JSON);
    assertThat(reasonOf("{\"a\":" + "[".repeat(600) + "]".repeat(600) + "}"))
        .isEqualTo(Reason.MISSING_FIELD);
    assertThat(reasonOf("{\"t\":1767225600000,\"a\":" + "[".repeat(600) + "]".repeat(600) + "}"))
        .isEqualTo(Reason.TOO_DEEP);
    accept("{\"t\":1767225600000,\"a\":" + "[".repeat(500) + "]".repeat(500) + "}");
    accept("{\"d\":0." + "1".repeat(10_000) + ",\"t\":1767225600000}");
    assertThat(batch.columns().doubles(4).at(1))
        .isEqualTo(Double.parseDouble("0." + "1".repeat(10_000)));
  }

  @Test
  void valuesWithinALargerArrayAreReadFromTheirPlace() {
    byte[] bytes = "junk{\"t\":1767225600000}junk".getBytes(StandardCharsets.UTF_8);
    assertThat(decoder.decode(bytes, 4, bytes.length - 8, batch)).isEqualTo(Verdict.Event.DECODED);
  }

  private Verdict decode(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return decoder.decode(bytes, 0, bytes.length, batch);
  }

  private Reason reasonOf(String text) {
    return decode(text) instanceof Verdict.Refused refused ? refused.reason() : throwAccepted(text);
  }

  private static Reason throwAccepted(String text) {
    throw new AssertionError("accepted: " + text);
  }

  private void accept(String text) {
    assertThat(decode(text)).as(text).isEqualTo(Verdict.Event.DECODED);
    batch.accept(0, 0, batch.rows());
  }
}
