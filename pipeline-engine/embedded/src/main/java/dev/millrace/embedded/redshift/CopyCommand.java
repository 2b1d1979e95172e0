package dev.millrace.embedded.redshift;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A COPY from S3 as it was asked for.
///
/// @param table as it stands in the statement
/// @param url of the manifest
/// @param role as given, or `default`
record CopyCommand(String table, String url, String role) {

  private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.DOTALL;
  private static final Pattern COPY =
      Pattern.compile(
          "\\s*copy\\s+([\\w.\"]+)\\s*(\\([^)]*\\))?\\s*from\\s+'(s3://[^']+)'(.*?);?\\s*", FLAGS);
  private static final Pattern ROLE =
      Pattern.compile("\\biam_role\\s+(?:as\\s+)?('([^']*)'|default)", FLAGS);
  private static final Pattern PARQUET =
      Pattern.compile("\\bformat\\s+(?:as\\s+)?parquet\\b", FLAGS);
  private static final Pattern NOT_FOR_COLUMNS =
      Pattern.compile(
          "\\b(region|maxerror|acceptanydate|csv|json|delimiter|gzip|ignoreheader|timeformat|dateformat)\\b",
          FLAGS);

  /// Empty when the statement is none.
  static Optional<CopyCommand> parse(String sql) throws RedshiftRefusal {
    Matcher copy = COPY.matcher(sql);
    if (!copy.matches()) {
      return Optional.empty();
    }
    String options = copy.group(4);
    if (!PARQUET.matcher(options).find()) {
      throw RedshiftRefusal.unsupported("the stand-in copies FORMAT AS PARQUET only");
    }
    if (!Pattern.compile("\\bmanifest\\b", FLAGS).matcher(options).find()) {
      throw RedshiftRefusal.unsupported("the stand-in copies by MANIFEST only");
    }
    if (copy.group(2) != null) {
      throw RedshiftRefusal.unsupported("the stand-in copies into all columns only");
    }
    Matcher foreign = NOT_FOR_COLUMNS.matcher(options.replaceAll("'[^']*'", "''"));
    if (foreign.find()) {
      throw RedshiftRefusal.unsupported(
          foreign.group(1).toUpperCase(java.util.Locale.ROOT)
              + " argument is not supported for PARQUET based COPY");
    }
    Matcher role = ROLE.matcher(options);
    if (!role.find()) {
      throw new RedshiftRefusal("XX000", "Must specify credentials or an IAM_ROLE to copy from S3");
    }
    return Optional.of(
        new CopyCommand(
            copy.group(1), copy.group(3), role.group(2) == null ? "default" : role.group(2)));
  }
}
