package dev.millrace.engine.transform;

import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.StoredFile;
import dev.millrace.engine.model.Schema;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.Function;

/// One conversation with a SQL engine: views, then queries. Not thread-safe, but {@link #cancel}
/// may be called from any thread and ends the running statement with a `CANCELLED` error.
///
/// Every failure is a {@link dev.millrace.engine.error.MillraceException}: `SQL`, with the engine's
/// message and the place in the text.
public interface SqlSession extends AutoCloseable {

  /// Makes `view` read exactly these files, with one further column `_source_file` (the file's
  /// name); no files give an empty view of the schema.
  void view(String view, Schema schema, List<LakeFile> files);

  /// Makes `view` read Parquet files as they stand, columns by name as the files themselves say,
  /// with one further column `_source_file` (the file's name). Of engines that cannot, the embedded
  /// one is asked.
  ///
  /// @param files at least one
  default void viewAsStored(String view, List<StoredFile> files) {
    throw new UnsupportedOperationException("only the embedded engine reads files as they stand");
  }

  /// Column of {@link #viewOfFile} with the number of the row in the file, from 1.
  String ROW_NUMBER = "_millrace_row";

  /// Makes `view` read a CSV, JSON or Parquet file by what its name ends in, with one further
  /// column {@link #ROW_NUMBER}. Columns of no type of ours, such as lists, read as JSON texts.
  ///
  /// @return the file's columns, as they were found
  /// @throws dev.millrace.engine.error.MillraceException `FILE` when there is none, it is of
  ///   another kind, or it cannot be read
  default Schema viewOfFile(String view, Path file) {
    throw new UnsupportedOperationException("only the embedded engine reads such files");
  }

  /// Makes `view` a small table of literal rows (String, Boolean, Integer, Long, Double or null).
  void values(String view, Schema schema, List<List<Object>> rows);

  /// Makes `view` the result of a query.
  void query(String view, String sql);

  /// Makes `table` a small table of the rows a query has now, to be read many times.
  void table(String table, String sql);

  /// A column's or table's name as the engine's SQL takes it, whatever letters it has.
  default String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /// An expression for a digest of a row's columns: a BIGINT from 0 to 2^62, never null, the same
  /// for equal rows in all queries of this session.
  String digest(Schema columns);

  /// Column names and types a query would return.
  Schema describe(String sql);

  /// Rows of a query, read to the end and closed. Values: String, Boolean, Integer, Long, Double,
  /// Instant (TIMESTAMP), LocalDate (DATE), byte[] or null.
  List<Map<String, Object>> rows(String sql);

  /// Hands each row of a query to `row` as it is read, values as in {@link #rows}; the list is
  /// reused.
  void forEachRow(String sql, Consumer<List<Object>> row);

  /// Hands on what a person asked for: the names of the columns, of which several may be one, then
  /// each row. All digits are kept: beside the values of {@link #rows} there are BigInteger for
  /// types wider than BIGINT, BigDecimal for DECIMAL, and List and Map for what is nested. The list
  /// of a row is reused.
  default void answer(String sql, Consumer<List<String>> head, Consumer<List<Object>> row) {
    throw new UnsupportedOperationException("only the embedded engine answers people");
  }

  /// Writes a query's rows, in the schema's column order and types, as zstd Parquet files with
  /// statistics; timestamps are INT64 microseconds UTC.
  ///
  /// @param folder the folder for a partition value; it exists
  List<LakeFile> write(
      String sql, Schema schema, FileLayout layout, Function<Optional<LocalDate>, Path> folder);

  /// As above.
  ///
  /// @param partition date column to write one file set per value of, or empty
  default List<LakeFile> write(
      String sql,
      Schema schema,
      Optional<String> partition,
      Function<Optional<LocalDate>, Path> folder) {
    return write(sql, schema, FileLayout.by(partition), folder);
  }

  /// As {@link #write(String, Schema, Optional, Function)} for rows that stay in the query's order,
  /// in files of about this many rows each.
  default List<LakeFile> writeInOrder(String sql, Schema schema, long fileRows, Path folder) {
    throw new UnsupportedOperationException("only the embedded engine writes rows in order");
  }

  /// How much of the write that is under way is done, from 0 to 1; empty when none is or the engine
  /// does not tell. May be asked from any thread.
  default OptionalDouble written() {
    return OptionalDouble.empty();
  }

  /// From now on the SQL of this engine's sessions reaches the files that this session's views read
  /// and nothing else: no other file, no network, no setting. Only of an engine {@link
  /// SqlEngine#apart}.
  default void seal() {
    throw new UnsupportedOperationException("only the embedded engine runs SQL that is not ours");
  }

  /// Ends the statement that runs now, if any. One that just ended stays as it ended.
  void cancel();

  @Override
  void close();
}
