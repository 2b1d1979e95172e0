package dev.millrace.engine.transform.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.SqlSession;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A file is read as it stands there, or refused with what is amiss and what to do about it.
class ReadFileTest {

  @TempDir static Path folder;

  private static SqlEngine engine;

  @BeforeAll
  static void open() {
    engine = DuckDbEngine.inOrder(folder.resolve("tmp"), 1L << 30, 2);
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          'ID,name,ID~1,a,2~'          | columns 1 and 3 of its header are both called ID
          'a,a~x,y~z,w~'               | columns 1 and 2 of its header are both called a
          'ID,name,id~1,a,2~3,b,4~'    | columns 1 and 3 of its header are called ID and id
          'a,b,a~'                     | columns 1 and 3 of its header are both called a
          'id,,x~1,a,2~3,b,4~'         | column 2 has no name in its first line (id, , x)
          '1,2.5,x~2,3.5,y~3,4.5,z~'   | it has no header: its first line (1, 2.5, x) has values
          '1~2~3~'                     | it has no header: its first line (1) has values
          ''                           | is empty: there is no header and no row
          '~ ~~'                       | is empty: there is no header and no row
          'made by me~id,name~1,x~'    | its first line does not have the 2 columns of line 2
          """)
  void aCsvThatDoesNotNameEachOfItsColumnsIsRefused(String lines, String fault) throws IOException {
    String content = lines.replace('~', '\n');
    assertRefused(file("odd.csv", content, StandardCharsets.UTF_8), fault);
    Path packed = folder.resolve("odd.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(content.getBytes(StandardCharsets.UTF_8));
    }
    assertRefused(packed, fault);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                         | is empty: there is no object
          [1, 2, 3]                  | it is no list of objects: there are numbers in it
          "a text"                   | it is no list of objects: there are texts in it
          [{"a": 1}, 5, null]        | there are nulls and numbers in it
          [[1], [2]]                 | there are lists in it
          [{}]                       | its objects have no fields
          [{"": 1, "b": 2}]          | one without a name
          [{"ID": 1, "id": 2}]       | the fields ID and id, which is one name
          [{"a": 1, "a": 2}]         | has duplicate key "a"
          """)
  void aJsonThatIsNoListOfObjectsIsRefused(String content, String fault) throws IOException {
    assertRefused(file("odd.json", content, StandardCharsets.UTF_8), fault);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          `id,name~1,a~2,"abc~3,d~4,e~`       | the quote that opens in line 3 never closes
          `id,name~1,a~2,b~3,"abc`            | the quote that opens in line 4 never closes
          `id,name~1,"a~b"~2,"abc~3,"d"~4,e~` | opens in line 4 is followed by more behind its closing quote in line 5
          `id;name~1;"a ""x"" b"~2;"c~`       | the quote that opens in line 3 never closes
          """)
  void aQuoteThatDoesNotCloseIsToldWithItsLine(String lines, String fault) throws IOException {
    String content = lines.replace('~', '\n');
    assertRefused(file("quoted.csv", content, StandardCharsets.UTF_8), fault);
    assertRefused(file("quoted.csv", content.replace("\n", "\r\n"), StandardCharsets.UTF_8), fault);
  }

  @Test
  void quotesThatAreInOrderStand() throws IOException {
    String csv = "id,name\n1,\"a,\nb\"\n2,\"say \"\"x\"\"\"\n3,5\" pipe\n4,\"\"\n5,\"last\"";
    Path file = file("fine.csv", csv, StandardCharsets.UTF_8);
    assertThat(names(file)).containsExactly("id", "name");
    try (SqlSession session = engine.session()) {
      session.viewOfFile("f", file);
      assertThat(session.rows("SELECT name FROM f ORDER BY id").stream().map(r -> r.get("name")))
          .startsWith("a,\nb", "say \"x\"", "5\" pipe");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          `{"a":1}~{"a":2}~{"a":3,}~{"a":4}~`  | line 3: Unexpected character ('}')
          `{"a":1}~{"a":2}~{"a":3~{"a":4}~`    | line 3: what begins there does not end
          `{"a":1}~{"a" 2}~{"a":3}~`           | line 2: Unexpected character ('2')
          `[{"a":1},~{"a":2}~`                 | line 1: what begins there does not end
          `{"a":1}~{"a":"x}~{"a":3}~`          | line 2: Illegal unquoted character
          `{"a":1}~nonsense~`                  | line 2: Unrecognized token 'nonsense'
          """)
  void brokenJsonIsToldWithItsLine(String lines, String fault) throws IOException {
    assertRefused(file("broken.ndjson", lines.replace('~', '\n'), StandardCharsets.UTF_8), fault);
  }

  @Test
  void aWholeNumberBeyond64BitsIsANumber() throws IOException {
    Path file = file("large.csv", "n\n99999999999999999999999\n1\n", StandardCharsets.UTF_8);
    try (SqlSession session = engine.session()) {
      session.viewOfFile("f", file);
      assertThat(session.rows("SELECT max(n) AS most, min(n) AS least FROM f"))
          .containsExactly(Map.of("most", 1e23, "least", 1.0));
    }
  }

  @Test
  void whatPythonWritesForNoNumberIsRead() throws IOException {
    assertThat(names(file("nan.json", "[{\"a\": NaN, \"b\": 1}]", StandardCharsets.UTF_8)))
        .containsExactly("a", "b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          `id,name~1,a~2,b~3,c,oops~4,d~`     | line 4 has 3 fields, and its header 2
          `id,name,n~1,a,1~2,b~3,c,3~4,d,4~`  | line 3 has 2 fields, and its header 3
          `id;name~1;a~2;b~3;c;4~`            | line 4 has 3 fields, and its header 2
          `id,name~~1,"a~,b"~2,b~3~`          | line 6 has 1 field, and its header 2
          """)
  void aRowOfAnotherWidthIsToldWithItsLine(String lines, String fault) throws IOException {
    String content = lines.replace('~', '\n');
    assertRefused(file("ragged.csv", content, StandardCharsets.UTF_8), fault);
    assertRefused(file("ragged.csv", content.replace("\n", "\r\n"), StandardCharsets.UTF_8), fault);
  }

  @Test
  void aRowOfAnotherWidthIsToldFarBehindToo() throws IOException {
    String late = "id,n\n" + "1,1\n".repeat(2 * ReadFile.SAMPLE_ROWS) + "2,2,3\n";
    assertRefused(
        file("wide.csv", late, StandardCharsets.UTF_8),
        "line 400002 has 3 fields, and its header 2");
  }

  @Test
  void aFileWithoutRowsIsReadAsSuch() throws IOException {
    assertThat(names(file("head.csv", "id,name\n", StandardCharsets.UTF_8)))
        .containsExactly("id", "name");
    assertThat(names(file("one.csv", "id\n", StandardCharsets.UTF_8))).containsExactly("id");
    Path json = file("none.json", "[]", StandardCharsets.UTF_8);
    assertThat(names(json)).isEmpty();
    try (SqlSession session = engine.session()) {
      session.viewOfFile("f", json);
      assertThat(session.rows("SELECT * FROM f")).isEmpty();
    }
  }

  @Test
  void aFileThatIsNoWholeParquetIsToldAsSuch() throws IOException {
    assertRefused(file("text.parquet", "id,name\n1,a\n", StandardCharsets.UTF_8), "is no Parquet");
    assertRefused(file("empty.parquet", "", StandardCharsets.UTF_8), "is empty");
    assertRefused(file("cut.parquet", "PAR1 and so on", StandardCharsets.UTF_8), "is cut off");
    assertThat(
            assertRefused(
                    file("odd.parquet", "PAR1 and so on PAR1", StandardCharsets.UTF_8),
                    "is damaged")
                .remedy())
        .contains("write it again");
  }

  @Test
  void aFolderIsNoFile() {
    assertThatThrownBy(() -> names(folder))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("is a folder");
  }

  @ParameterizedTest
  @CsvSource({
    "ISO-8859-1, Windows-1252 or Latin-1 (line 3), WINDOWS-1252",
    "windows-1252, Windows-1252 or Latin-1 (line 3), WINDOWS-1252",
    "UTF-16, UTF-16, UTF-16",
    "UTF-16LE, UTF-16, UTF-16LE",
    "UTF-16BE, UTF-16, UTF-16BE"
  })
  void anotherEncodingIsToldWithTheWayToConvertIt(String charset, String said, String from)
      throws IOException {
    Charset encoding = Charset.forName(charset);
    Path csv = file("words.csv", "name,n\nAnn,1\nJosé,2\n", encoding);
    assertThat(assertRefused(csv, said).remedy()).contains("iconv -f " + from + " -t UTF-8");
    Path json = file("words.json", "[{\"name\": \"Müller\"}]", encoding);
    assertThat(assertRefused(json, said.replace(" (line 3)", "")).remedy())
        .contains("iconv -f " + from);
  }

  @Test
  void aByteOrderMarkIsReadOverInCsvAndToldInJson() throws IOException {
    assertThat(names(file("marked.csv", "\uFEFFname,n\nMüller,1\n", StandardCharsets.UTF_8)))
        .containsExactly("name", "n");
    assertRefused(
        file("marked.json", "\uFEFF[{\"a\": 1}]", StandardCharsets.UTF_8), "byte order mark");
  }

  @Test
  void whatIsAmissInARowIsToldWithItsLineAndWithoutAdvice() throws IOException {
    StringBuilder csv = new StringBuilder("id,n\n");
    for (int i = 0; i < 2 * ReadFile.SAMPLE_ROWS; i++) {
      csv.append(i).append(",1\n");
    }
    Path late = file("late.csv", csv + "x,1\n", StandardCharsets.UTF_8);
    MillraceException e = assertRefused(late, "Line: 400002");
    assertThat(e.what()).contains("\"x\"", "id").doesNotContain("Possible");
  }

  @Test
  void oddNamesThatAFileGivesItselfStand() throws IOException {
    assertThat(names(file("own.csv", "column0,ID_1,ID\n1,2,3\n4,5,6\n", StandardCharsets.UTF_8)))
        .containsExactly("column0", "ID_1", "ID");
    assertThat(names(file("own.json", "[{\"json\": 1}, {\"json\": 2}]", StandardCharsets.UTF_8)))
        .containsExactly("json");
    assertThat(names(file("own2.json", "[{\"id\": 1, \"id_1\": 2}]", StandardCharsets.UTF_8)))
        .containsExactly("id", "id_1");
    assertThat(names(file("semi.csv", "\"a; b\";c\n1;2\n3;4\n", StandardCharsets.UTF_8)))
        .containsExactly("a; b", "c");
  }

  @Test
  void manyRareFieldsAreColumns() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      lines.append("{\"k%d\": %d}\n".formatted(i, i));
    }
    Path file = file("rare.ndjson", lines.toString(), StandardCharsets.UTF_8);
    assertThat(names(file)).hasSize(300).contains("k0", "k299");
  }

  @Test
  void parquetIsReadAndRefusedWhereANameStandsTwice() throws IOException {
    Path good = folder.resolve("good.parquet");
    try (SqlSession session = engine.session()) {
      Path csv = file("p.csv", "ident,other,x\n1,2,3\n", StandardCharsets.UTF_8);
      var schema = session.viewOfFile("f", csv);
      var files =
          session.writeInOrder(
              "SELECT * EXCLUDE (_millrace_row) FROM f",
              schema,
              1000,
              Files.createDirectory(folder.resolve("p")));
      Files.move(files.getFirst().path(), good);
    }
    assertThat(names(good)).containsExactly("ident", "other", "x");

    // No writer at hand writes a name twice, so the name of one column is written over.
    String bytes = new String(Files.readAllBytes(good), StandardCharsets.ISO_8859_1);
    Path twice = folder.resolve("twice.parquet");
    Files.writeString(twice, bytes.replace("other", "Ident"), StandardCharsets.ISO_8859_1);
    assertRefused(twice, "columns 1 and 2 of its schema are called ident and Ident");
    Files.writeString(twice, bytes.replace("other", "ident"), StandardCharsets.ISO_8859_1);
    assertRefused(twice, "columns 1 and 2 of its schema are both called ident");
  }

  private static Path file(String name, String content, Charset encoding) throws IOException {
    return Files.writeString(folder.resolve(name), content, encoding);
  }

  private static List<String> names(Path file) {
    List<String> names = new ArrayList<>();
    try (SqlSession session = engine.session()) {
      session.viewOfFile("f", file).columns().stream().map(Column::name).forEach(names::add);
    }
    return names;
  }

  private static MillraceException assertRefused(Path file, String fault) {
    List<MillraceException> told = new ArrayList<>();
    assertThatThrownBy(() -> names(file))
        .isInstanceOfSatisfying(
            MillraceException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.FILE);
              assertThat(e.what()).contains(file.getFileName().toString(), fault);
              assertThat(e.remedy()).contains("nothing was judged");
              told.add(e);
            });
    return told.getFirst();
  }
}
