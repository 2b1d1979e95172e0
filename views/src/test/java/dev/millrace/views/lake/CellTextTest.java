package dev.millrace.views.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

/// Values of a query's result as the grid shows them.
class CellTextTest {

  @Test
  void longNumbersKeepTheirDigits() {
    assertThat(CellText.of(new BigInteger("92233720368547758080")))
        .isEqualTo("92,233,720,368,547,758,080");
    assertThat(CellText.of(new BigDecimal("12345678901234567890.1200")))
        .isEqualTo("12,345,678,901,234,567,890.1200");
    assertThat(CellText.of(new BigDecimal("1E+3"))).isEqualTo("1,000");
  }
}
