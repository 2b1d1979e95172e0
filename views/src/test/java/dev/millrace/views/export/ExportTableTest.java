package dev.millrace.views.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.api.Answer.QueryColumn;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ExportTableTest {

  @Test
  void whatNeedsQuotesHasThemAndWhatIsMissingIsEmpty() {
    ExportTable table = new ExportTable("place", "value");
    table.add("floor-1/zone-2", 21.5);
    table.add("say \"hi\", twice", Double.NaN);
    assertThat(table.text())
        .isEqualTo("place,value\r\nfloor-1/zone-2,21.5\r\n\"say \"\"hi\"\", twice\",\r\n");
  }

  @Test
  void aColumnHasTheOneTypeOfItsValues() {
    ExportTable table = new ExportTable("time", "value", "count", "silent", "mixed");
    table.add(Instant.parse("2026-03-01T10:00:00Z"), 1.5, 3, false, "a");
    table.add(Instant.parse("2026-03-01T10:00:01Z"), Double.NaN, 4L, true, 7);
    assertThat(table.columns())
        .extracting(QueryColumn::type)
        .containsExactly("TIMESTAMP WITH TIME ZONE", "DOUBLE", "BIGINT", "BOOLEAN", "VARCHAR");
    assertThat(table.rows().getLast()).element(1).isNull();
  }
}
