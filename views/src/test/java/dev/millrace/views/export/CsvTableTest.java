package dev.millrace.views.export;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CsvTableTest {

  @Test
  void whatNeedsQuotesHasThemAndWhatIsMissingIsEmpty() {
    CsvTable table = new CsvTable("place", "value");
    table.add("floor-1/zone-2", 21.5);
    table.add("say \"hi\", twice", Double.NaN);
    assertThat(table.text())
        .isEqualTo("place,value\r\nfloor-1/zone-2,21.5\r\n\"say \"\"hi\"\", twice\",\r\n");
  }
}
