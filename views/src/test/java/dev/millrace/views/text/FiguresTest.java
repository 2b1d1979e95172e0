package dev.millrace.views.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|0",
        "9.46|9.5",
        "9480|9,480",
        "12214|12.2k",
        "999949|999.9k",
        "999951|1.00M",
        "8644210|8.64M",
        "1050000000|1.05B"
      })
  void compactNumbersKeepThreeOrFourDigits(double number, String text) {
    assertThat(Figures.compact(number)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|0",
        "9999.4|9,999",
        "9999.6|10.0k",
        "48249|48.2k",
        "322900|323k",
        "999499|999k",
        "999501|1.00M",
        "6324000|6.32M",
        "99960000|100M",
        "1050000000|1.05B"
      })
  void briefNumbersKeepThreeDigitsAndALetter(double number, String text) {
    assertThat(Figures.brief(number)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"0|0/s", "0.4|0.4/s", "8.41|8.4/s", "9.96|10/s", "98.4|98/s", "12216|12.2k/s"})
  void ratesHaveADecimalBelowTenOnly(double rate, String text) {
    assertThat(Figures.rate(rate)).isEqualTo(text);
  }

  @Test
  void aRateThatWaversAroundAHundredKeepsItsDigits() {
    for (double rate = 99.5; rate < 100.5; rate += 0.01) {
      assertThat(Figures.rate(rate)).as("%f", rate).isEqualTo("100/s");
      assertThat(Figures.perSecond(rate)).as("%f", rate).isEqualTo("100");
    }
    assertThat(Figures.perSecond(12_216)).isEqualTo("12,216");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"0|0 B", "999|999 B", "1000|1.0 KB", "212400000|212 MB", "2200000000|2.2 GB"})
  void sizesAreDecimal(long bytes, String text) {
    assertThat(Figures.bytes(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "850|850 ms",
        "4200|4.2 s",
        "59999|59 s",
        "225000|3 min 45 s",
        "21720000|6 h 02 min",
        "273600000|3 d 4 h"
      })
  void spansHaveTwoUnits(long millis, String text) {
    assertThat(Figures.span(Duration.ofMillis(millis))).isEqualTo(text);
  }

  @Test
  void anEvenSpanHasNoNoughts() {
    assertThat(Figures.even(Duration.ofMinutes(10))).isEqualTo("10 min");
    assertThat(Figures.even(Duration.ofSeconds(150))).isEqualTo("2 min 30 s");
    assertThat(Figures.even(Duration.ofMinutes(70))).isEqualTo("1 h 10 min");
    assertThat(Figures.even(Duration.ofDays(2))).isEqualTo("2 d");
  }

  @Test
  void aShareThatIsNotWholeIsNeverRoundedUpToWhole() {
    assertThat(Figures.percent(99.97)).isEqualTo("99.9 %");
    assertThat(Figures.percent(100)).isEqualTo("100 %");
  }

  @Test
  void readingsHaveTheDecimalsTheirSizeDeserves() {
    assertThat(Figures.reading(1013.24, "hPa")).isEqualTo("1,013 hPa");
    assertThat(Figures.reading(21.44, "°C")).isEqualTo("21.4 °C");
    assertThat(Figures.reading(0.816, "mm/s")).isEqualTo("0.82 mm/s");
    assertThat(Figures.reading(Double.NaN)).isEqualTo("–");
  }

  @Test
  void countedNounsFollowTheirNumber() {
    assertThat(Figures.counted(1, "sensor")).isEqualTo("1 sensor");
    assertThat(Figures.counted(1_200, "entity")).isEqualTo("1,200 entities");
  }
}
