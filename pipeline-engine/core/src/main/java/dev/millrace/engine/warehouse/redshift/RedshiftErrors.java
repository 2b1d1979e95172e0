package dev.millrace.engine.warehouse.redshift;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.FileFooters.StoredColumn;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.warehouse.jdbc.WarehouseErrors;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/// Every failure of Redshift that a person reads.
final class RedshiftErrors {

  private static final String KEPT = "; the warehouse stands as before";

  private RedshiftErrors() {}

  /// What Redshift's own words mean, where they do not say so.
  static MillraceException of(
      String doing, Optional<String> target, SQLException cause, Connector connector) {
    String text = WarehouseErrors.text(cause);
    if (WarehouseErrors.isLost(cause)) {
      return WarehouseErrors.refused(doing, cause);
    }
    if (target.isPresent() && text.contains("Cannot insert a NULL value")) {
      return WarehouseErrors.keyMissing(target.get(), cause);
    }
    if (isSerializable(cause)) {
      return failed(
          "Another transaction changed the same tables again and again " + doing + ": " + text,
          "load again when it is done, or give other programs other tables",
          cause);
    }
    if (text.contains("is not authorized to assume IAM Role")
        || (text.contains("IAM Role") && text.contains("does not exist"))) {
      return failed(
          "Redshift may not take the role " + connector.role() + " " + doing + ": " + text,
          "attach the role of `warehouse.role` to the cluster, or name one that is attached",
          cause);
    }
    if (text.contains("S3ServiceException") || text.contains("Access Denied")) {
      return failed(
          "Redshift may not read the bucket with the role "
              + connector.role()
              + " "
              + doing
              + ": "
              + text,
          "give that role s3:GetObject and s3:ListBucket on the bucket",
          cause);
    }
    return failed(
        "The warehouse failed " + doing + ": " + text + detail(cause, connector),
        "mend what it names, then load again",
        cause);
  }

  /// What the last failed COPY left in the load errors: the file and the column.
  private static String detail(SQLException cause, Connector connector) {
    String text = WarehouseErrors.text(cause);
    if (!text.contains("load error") && !text.contains("Spectrum Scan Error")) {
      return "";
    }
    try (Connection connection = connector.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT trim(file_name), trim(column_name), trim(error_message)
                FROM sys_load_error_detail ORDER BY start_time DESC LIMIT 1
                """)) {
      return row.next()
          ? " (file %s, column %s: %s)"
              .formatted(row.getString(1), row.getString(2), row.getString(3))
          : "";
    } catch (SQLException | MillraceException e) {
      cause.addSuppressed(e);
      return "";
    }
  }

  /// Whether two transactions could not have run one after the other, and this one was chosen to
  /// fail.
  static boolean isSerializable(SQLException cause) {
    String text = String.valueOf(cause.getMessage());
    return text.contains("1023") && text.contains("Serializable isolation violation");
  }

  static MillraceException otherRegion(String cluster, String bucket) {
    return refused(
        "The cluster is in %s and the bucket in %s; COPY of Parquet reads no other region"
            .formatted(cluster, bucket),
        "keep the lake in a bucket of the cluster's region, or name one under `warehouse.staging`");
  }

  static MillraceException otherColumn(
      String table, String file, int place, String is, String should) {
    return refused(
        "Column %d of %s for %s is %s and not %s; COPY takes columns by their place"
            .formatted(place, file, table, is, should),
        "rebuild the lake table, or run 'millrace table optimize' on it, so that its files have its"
            + " columns in order");
  }

  static MillraceException columnMissing(String table, String file, String column) {
    return refused(
        "%s for %s has no column %s; COPY takes files with every column"
            .formatted(file, table, column),
        "rebuild the lake table, so that files from before the column have it too");
  }

  static MillraceException columnTooMany(String table, String file, String column) {
    return refused(
        "%s for %s has a column %s, which the table has not; COPY takes no file with more columns"
            .formatted(file, table, column),
        "rebuild the lake table, so that its files have its columns and no others");
  }

  static MillraceException otherType(String table, String file, StoredColumn is, Column should) {
    return refused(
        "Column %s of %s for %s is kept as %s, which is no %s"
            .formatted(is.name(), file, table, is.kept(), should.type().sqlName()),
        "cast it in the SQL that builds the lake table, and rebuild it");
  }

  static MillraceException otherTime(String table, String file, StoredColumn is) {
    return refused(
        "The timestamps %s of %s for %s are kept as %s; Redshift reads INT64 microseconds right"
            .formatted(is.name(), file, table, is.kept()),
        "have what writes the file write timestamps as INT64 microseconds (Spark:"
            + " spark.sql.parquet.outputTimestampType=TIMESTAMP_MICROS)");
  }

  static MillraceException tooLong(String table, String column, int bytes) {
    return refused(
        "Column %s for %s has a text of %,d bytes; Redshift's varchar takes %,d"
            .formatted(column, table, bytes, RedshiftTypes.LONGEST),
        "shorten it in the SQL that builds the lake table");
  }

  static MillraceException keyTwice(String table, String key) {
    return refused(
        "Two rows for %s have one key: %s; Redshift would keep both".formatted(table, key),
        "choose key columns that name one row each, or mend the SQL that builds it");
  }

  static MillraceException otherCount(String table, long copied, long expected) {
    return refused(
        "COPY brought %,d rows for %s where the lake has %,d".formatted(copied, table, expected),
        "load again; if it comes again, look for rules on the bucket that change or hide objects");
  }

  static MillraceException loginFailed(String what, Throwable cause) {
    return new MillraceException(
        ErrorCode.SERVICE,
        "No login for the warehouse: " + what,
        "see `warehouse.login` in settings.yaml and the AWS identity of this process",
        cause);
  }

  static MillraceException noPassword(String variable) {
    return new MillraceException(
        ErrorCode.SERVICE,
        "The environment variable " + variable + " with the warehouse's password is not set",
        "set it, or choose another `warehouse.login`");
  }

  private static MillraceException refused(String what, String remedy) {
    return new MillraceException(ErrorCode.WAREHOUSE, what + KEPT, remedy);
  }

  private static MillraceException failed(String what, String remedy, SQLException cause) {
    return new MillraceException(ErrorCode.WAREHOUSE, what + KEPT, remedy, cause);
  }
}
