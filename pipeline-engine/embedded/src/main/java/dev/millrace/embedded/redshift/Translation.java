package dev.millrace.embedded.redshift;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Redshift's SQL made PostgreSQL's, and refused where PostgreSQL would do what Redshift does not.
/// Stateless.
final class Translation {

  private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.DOTALL;
  private static final Pattern QUOTED =
      Pattern.compile("'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\\n]*|/\\*.*?\\*/", Pattern.DOTALL);

  /// What PostgreSQL has and Redshift has not, and what Redshift says then.
  private record Foreign(Pattern pattern, RedshiftRefusal refusal) {}

  private static final List<Foreign> FOREIGN =
      List.of(
          foreign("\\bon\\s+conflict\\b", RedshiftRefusal.syntax("ON")),
          foreign(
              "^\\s*(insert|update|delete|merge|with)\\b.*\\breturning\\b",
              RedshiftRefusal.syntax("RETURNING")),
          foreign(
              "^\\s*create\\s+(unique\\s+)?index\\b",
              RedshiftRefusal.unsupported(
                  "SQL command \"CREATE INDEX\" not supported on Redshift tables.")),
          foreign(
              "\\bdistinct\\s+on\\s*\\(",
              RedshiftRefusal.unsupported("SELECT DISTINCT ON is not supported")),
          foreign("\\bon\\s+commit\\s+drop\\b", RedshiftRefusal.syntax("ON")),
          foreign("\\badd\\s+column\\s+if\\s+not\\s+exists\\b", RedshiftRefusal.syntax("NOT")),
          foreign("\\bdo\\s+nothing\\b", RedshiftRefusal.syntax("DO")),
          foreign(
              "^\\s*merge\\s+into\\s+[\\w.\"]+\\s+(as\\s+)?(?!using\\b)\\w+",
              RedshiftRefusal.syntax("AS")),
          foreign("^\\s*copy\\b.*\\bfrom\\s+stdin\\b", RedshiftRefusal.syntax("STDIN")),
          foreign("^\\s*copy\\b[^']*?\\bto\\b", RedshiftRefusal.syntax("TO")),
          foreign("^\\s*copy\\b.*\\bfrom\\s+program\\b", RedshiftRefusal.syntax("PROGRAM")),
          // A COPY from S3 never comes here.
          foreign(
              "^\\s*copy\\b",
              RedshiftRefusal.unsupported(
                  "LOAD source is not supported. (Hint: only S3 or DynamoDB or EMR based load is"
                      + " allowed)")),
          foreign("^\\s*do\\b", RedshiftRefusal.syntax("DO")),
          foreign(
              "\\b(bytea|jsonb?|serial|bigserial|uuid|inet)\\b(?=[^(.]*[,)])",
              RedshiftRefusal.unsupported("The type is not supported on Redshift tables.")),
          foreign(
              "=\\s*any\\s*\\(\\s*[$?]",
              RedshiftRefusal.unsupported("arrays are not supported on Redshift tables")),
          foreign(
              "\\b(pg_(try_)?advisory\\w*|to_regclass|array_agg|hashtextextended|gen_random_uuid"
                  + "|pg_(read|stat)_(binary_)?file|pg_ls_\\w+|pg_reload_conf|pg_rotate_logfile"
                  + "|lo_\\w+|(query|cursor|table|schema|database)_to_xml\\w*)\\s*\\(",
              new RedshiftRefusal("42883", "function does not exist")));

  private static final Pattern AZ64 =
      Pattern.compile(
          "\\b(varchar(?:\\(\\d+\\))?|character varying(?:\\(\\d+\\))?|text|double precision|float8|real|boolean)\\s+encode\\s+az64",
          FLAGS);
  private static final Pattern CREATE = Pattern.compile("^\\s*create\\b", FLAGS);
  private static final Pattern RETYPED =
      Pattern.compile("^\\s*alter\\s+table\\b.*\\balter\\s+column\\b.*\\btype\\b", FLAGS);
  private static final Pattern VACUUM =
      Pattern.compile(
          "^\\s*vacuum\\s+(?:full|delete\\s+only|sort\\s+only|reindex)?\\s*([\\w.\"]+)(?:\\s+to\\s+\\d+\\s+percent)?\\s*;?\\s*$",
          FLAGS);
  private static final Pattern DATEDIFF =
      Pattern.compile("\\bdatediff\\s*\\(\\s*(\\w+)\\s*,", FLAGS);

  private Translation() {}

  private static Foreign foreign(String pattern, RedshiftRefusal refusal) {
    return new Foreign(Pattern.compile(pattern, FLAGS), refusal);
  }

  /// @param inTransaction whether a transaction is open
  static String of(String sql, boolean inTransaction) throws RedshiftRefusal {
    String plain = QUOTED.matcher(sql).replaceAll(m -> m.group().startsWith("\"") ? "q" : "''");
    for (Foreign foreign : FOREIGN) {
      if (foreign.pattern().matcher(plain).find()) {
        throw new RedshiftRefusal(
            foreign.refusal().state(), foreign.refusal().text(), "the stand-in refuses: " + sql);
      }
    }
    if (RETYPED.matcher(plain).find() && inTransaction) {
      throw new RedshiftRefusal(
          "25001", "ALTER TABLE ALTER COLUMN cannot run inside a transaction block");
    }
    Matcher vacuum = VACUUM.matcher(sql);
    if (vacuum.matches()) {
      return "VACUUM " + vacuum.group(1);
    }
    String told = DATEDIFF.matcher(sql).replaceAll("datediff('$1',");
    return CREATE.matcher(told).find() || plain.toLowerCase(Locale.ROOT).contains("alter table")
        ? definition(told)
        : told;
  }

  /// What says where and how Redshift keeps rows means nothing here; keys are promises, and nobody
  /// holds them.
  private static String definition(String sql) throws RedshiftRefusal {
    Matcher wrong = AZ64.matcher(sql);
    if (wrong.find()) {
      throw new RedshiftRefusal(
          "42601", "invalid encoding type specified for column of type " + wrong.group(1));
    }
    return sql.replaceAll("(?is)\\s+encode\\s+\\w+", "")
        .replaceAll("(?is)\\s+diststyle\\s+\\w+", "")
        .replaceAll("(?is)\\s+distkey\\b\\s*(\\([^)]*\\))?", "")
        .replaceAll("(?is)\\s+((compound|interleaved)\\s+)?sortkey\\b\\s*(auto|\\([^)]*\\))?", "")
        .replaceAll("(?is),\\s*(constraint\\s+\\S+\\s+)?(primary\\s+key|unique)\\s*\\([^)]*\\)", "")
        .replaceAll("(?is)\\s+(primary\\s+key|unique)\\b", "")
        .replaceAll("(?is)\\s+references\\s+[\\w.\"]+\\s*(\\([^)]*\\))?", "")
        .replaceAll(
            "(?is)\\bidentity\\s*\\(\\s*(\\d+)\\s*,\\s*(\\d+)\\s*\\)",
            "generated by default as identity (start with $1 increment by $2)")
        .replaceAll("(?is)\\b(varbyte|binary\\s+varying)(\\s*\\(\\d+\\))?", "bytea")
        .replaceAll("(?is)\\bsuper\\b", "jsonb");
  }
}
