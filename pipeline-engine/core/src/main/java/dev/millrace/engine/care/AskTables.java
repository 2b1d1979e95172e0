package dev.millrace.engine.care;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.transform.OneQuery;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.SqlSession;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// SQL that a person writes, asked of the tables: it changes nothing, and reads no other file.
///
/// Only what can stand as a view is run, in an engine that reaches nothing but the lakes' files. A
/// text that is no such query is refused with `USAGE`. Any thread may call.
public final class AskTables {

  private final TableQuery tables;
  private final Supplier<SqlEngine> confined;

  /// @param confined opens an engine that reaches the lakes' files only; closed after each question
  public AskTables(TableQuery tables, Supplier<SqlEngine> confined) {
    this.tables = tables;
    this.confined = confined;
  }

  /// The rows of one query, values as {@link SqlSession#answer} has them. Of columns with one name,
  /// the second is `name_2`, the third `name_3`.
  public List<Map<String, Object>> rows(String sql) {
    String query = OneQuery.in(sql);
    try (SqlEngine engine = confined.get();
        SqlSession session = engine.session()) {
      String text = tables.prepare(query, session);
      session.query("answer", text);
      List<String> names = new ArrayList<>();
      List<Map<String, Object>> rows = new ArrayList<>();
      session.answer(
          text,
          head -> names.addAll(toldApart(head)),
          values -> {
            Map<String, Object> row = LinkedHashMap.newLinkedHashMap(names.size());
            for (int i = 0; i < names.size(); i++) {
              row.put(names.get(i), values.get(i));
            }
            rows.add(row);
          });
      return rows;
    } catch (MillraceException e) {
      if (e.what().contains("disabled by configuration")) {
        throw outside(e);
      }
      throw tables.advised(e);
    }
  }

  /// The names, each once.
  private static List<String> toldApart(List<String> names) {
    Set<String> taken = new HashSet<>(names);
    Set<String> seen = new HashSet<>();
    List<String> apart = new ArrayList<>();
    for (String name : names) {
      String own = name;
      if (!seen.add(name)) {
        int number = 2;
        do {
          own = name + "_" + number++;
        } while (!taken.add(own));
      }
      apart.add(own);
    }
    return apart;
  }

  private static MillraceException outside(MillraceException cause) {
    return new MillraceException(
        ErrorCode.USAGE,
        "The SQL reads something that is none of the lake's tables: " + cause.what(),
        "'millrace table ls' lists the tables; bring other data in through a feed",
        cause);
  }
}
