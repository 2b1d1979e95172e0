package dev.millrace.engine.quality.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.quality.report.SampleReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openpdf.text.pdf.PdfReader;
import org.openpdf.text.pdf.parser.PdfTextExtractor;

/// The pages of a PDF hold what they should. With `-Dreport.pdf=FILE` it is kept for looking at.
class ReportPdfTest {

  @Test
  void theVerdictComesFirstAndEveryPageHasItsNumber() throws IOException {
    byte[] pdf = new ReportPdf(Optional.empty()).write(SampleReport.ofADay());
    String keep = System.getProperty("report.pdf");
    if (keep != null) {
      Files.write(Path.of(keep), pdf);
    }

    PdfReader reader = new PdfReader(pdf);
    PdfTextExtractor text = new PdfTextExtractor(reader);
    int pages = reader.getNumberOfPages();
    assertThat(pages).isGreaterThanOrEqualTo(3);
    assertThat(text.getTextFromPage(1)).contains("Load held", "silver.readings", "demo data");
    StringBuilder all = new StringBuilder();
    for (int page = 1; page <= pages; page++) {
      assertThat(text.getTextFromPage(page)).contains("Page " + page + " of");
      all.append(text.getTextFromPage(page));
    }
    assertThat(all)
        .contains("Not met (3)", "Met (4)", "degF", "Where the rows came from", "floor-1/zone-a");
    reader.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 6, 9, 12, 15, 18, 21, 24, 30, 60})
  void aHeadingHasRowsUnderIt(int met) throws IOException {
    byte[] pdf = new ReportPdf(Optional.empty()).write(SampleReport.ofMany(met, met % 4));
    String keep = System.getProperty("report.pdf");
    if (keep != null) {
      Files.write(Path.of(keep.replace(".pdf", "-" + met + ".pdf")), pdf);
    }
    PdfReader reader = new PdfReader(pdf);
    PdfTextExtractor text = new PdfTextExtractor(reader);
    int seen = 0;
    for (int page = 1; page <= reader.getNumberOfPages(); page++) {
      String words = text.getTextFromPage(page);
      int heading = words.indexOf("Met (" + (met + 4) + ")");
      if (heading >= 0 && seen == 0) {
        assertThat(rows(words.substring(heading))).as("%d met", met).isGreaterThanOrEqualTo(4);
      }
      seen += rows(words);
    }
    assertThat(seen).isEqualTo(met + 4);
    reader.close();
  }

  private static int rows(String text) {
    return text.split("none amiss", -1).length - 1;
  }
}
