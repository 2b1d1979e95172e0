package dev.millrace.engine.warehouse.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.millrace.engine.error.MillraceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SingleStatementTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1",
        "SELECT ';' AS a, \"b;c\" FROM t",
        "SELECT 'it''s; fine'",
        "SELECT E'\\';' ",
        "SELECT $$a;b$$, $tag$ ; $$ ; $tag$",
        "SELECT 1 -- ; COMMIT",
        "SELECT 1 /* ; /* ; */ ; */ + 1",
        "SELECT a$1;",
      })
  void semicolonsWithinTextsNamesAndCommentsEndNothing(String sql) {
    assertThat(SingleStatement.of(sql)).isEqualTo(sql.replaceAll(";$", "").stripTrailing());
  }

  @Test
  void semicolonsAndCommentsAtTheEndAreNoSecondStatement() {
    assertThat(SingleStatement.of("SELECT 1 ; ;\n-- done\n/* really */ ;")).isEqualTo("SELECT 1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-- why\nselect 1",
        "/* of /* all */ */ ((Select 1) UNION (SELECT 2))",
        "WITH a AS (SELECT 1) SELECT * FROM a",
        "VALUES (1), (2)",
        "TABLE gold_sensors"
      })
  void queriesBeginWithAWordOfTheirs(String sql) {
    assertThat(SingleStatement.of(sql)).isEqualTo(sql);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "delete from gold_sensors|DELETE",
        "-- all\\nDROP TABLE gold_sensors;|DROP",
        "/* a */ update t set a = 1|UPDATE",
        "selection|SELECTION",
        "1 + 1|this"
      })
  void whatIsNoQueryIsRefusedWithWhatIs(String sql, String first) {
    assertThatExceptionOfType(MillraceException.class)
        .isThrownBy(() -> SingleStatement.of(sql.replace("\\n", "\n")))
        .satisfies(
            e -> {
              assertThat(e.what())
                  .isEqualTo("The warehouse is only read here, and " + first + " is no query");
              assertThat(e.remedy()).startsWith("write one SELECT; what changes");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1; COMMIT",
        "SELECT '\\'; COMMIT; --'",
        "SELECT type'\\'; COMMIT; --'",
        "SELECT 1 /* /* */ */; DELETE FROM t",
        "SELECT $1$; COMMIT; $1$",
        "SELECT a$b$; COMMIT; $b$",
        "SELECT 1 -- a\n; COMMIT",
        "; SELECT 1",
        "",
        " -- nothing\n ;"
      })
  void aSecondStatementAndNoneAreRefused(String sql) {
    assertThatExceptionOfType(MillraceException.class).isThrownBy(() -> SingleStatement.of(sql));
  }
}
