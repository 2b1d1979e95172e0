package dev.millrace.engine.warehouse.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.millrace.engine.error.MillraceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
