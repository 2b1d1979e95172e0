package dev.millrace.engine.warehouse.postgres;

import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.warehouse.jdbc.SqlNames;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/// Streams rows into a table by `COPY … FROM STDIN (FORMAT binary)`, whose values are exact:
/// doubles bit for bit, timestamps to the microsecond. Holds one buffer, whatever the number of
/// rows.
///
/// The format is that of PostgreSQL's documentation of COPY. Not thread-safe. Closing before {@link
/// #finish} ends the COPY without effect.
final class BinaryCopy implements AutoCloseable {

  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0
  };
  private static final int FLUSH_BYTES = 64 << 10;

  /// 2000-01-01 after 1970-01-01, from which PostgreSQL counts.
  private static final int EPOCH_DAYS = 10_957;

  private static final long EPOCH_MICROS = EPOCH_DAYS * 86_400_000_000L;

  private final CopyIn copy;
  private final ColumnType[] types;
  private ByteBuffer buffer = ByteBuffer.allocate(2 * FLUSH_BYTES);
  private boolean ended;

  /// @param table quoted, with its schema
  BinaryCopy(Connection connection, String table, Schema schema) throws SQLException {
    types = schema.columns().stream().map(Column::type).toArray(ColumnType[]::new);
    copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn(
                "COPY %s (%s) FROM STDIN (FORMAT binary)"
                    .formatted(table, SqlNames.quoted(SqlNames.names(schema.columns()))));
    buffer.put(SIGNATURE).putInt(0).putInt(0);
  }

  /// Appends a row; values beyond the schema's columns are left out.
  void row(List<Object> values) throws SQLException {
    buffer.putShort((short) types.length);
    for (int i = 0; i < types.length; i++) {
      put(types[i], values.get(i));
    }
    if (buffer.position() >= FLUSH_BYTES) {
      flush();
    }
  }

  /// Ends the COPY; returns the rows it took.
  long finish() throws SQLException {
    room(Short.BYTES);
    buffer.putShort((short) -1);
    flush();
    ended = true;
    return copy.endCopy();
  }

  private void put(ColumnType type, @Nullable Object value) {
    if (value == null) {
      room(Integer.BYTES);
      buffer.putInt(-1);
      return;
    }
    switch (type) {
      case STRING -> bytes(text((String) value));
      case BINARY -> bytes((byte[]) value);
      case BOOLEAN -> sized(1).put((byte) ((Boolean) value ? 1 : 0));
      case INT -> sized(Integer.BYTES).putInt(((Number) value).intValue());
      case BIGINT -> sized(Long.BYTES).putLong(((Number) value).longValue());
      case DOUBLE ->
          sized(Long.BYTES).putLong(Double.doubleToRawLongBits(((Number) value).doubleValue()));
      case TIMESTAMP -> sized(Long.BYTES).putLong(micros((Instant) value) - EPOCH_MICROS);
      case DATE ->
          sized(Integer.BYTES)
              .putInt(Math.toIntExact(((LocalDate) value).toEpochDay() - EPOCH_DAYS));
    }
  }

  private static byte[] text(String value) {
    // PostgreSQL's text holds every character but this one.
    return (value.indexOf('\0') < 0 ? value : value.replace('\0', '\uFFFD'))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static long micros(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1000);
  }

  private void bytes(byte[] value) {
    sized(value.length).put(value);
  }

  private ByteBuffer sized(int length) {
    room(Integer.BYTES + length);
    return buffer.putInt(length);
  }

  /// Grows the buffer for a row with very long texts.
  private void room(int bytes) {
    // The next row's count of fields always fits.
    int needed = bytes + Short.BYTES;
    if (buffer.remaining() < needed) {
      ByteBuffer larger =
          ByteBuffer.allocate(Math.max(buffer.capacity() * 2, buffer.position() + needed));
      larger.put(buffer.flip());
      buffer = larger;
    }
  }

  private void flush() throws SQLException {
    copy.writeToCopy(buffer.array(), 0, buffer.position());
    buffer.clear();
  }

  @Override
  public void close() throws SQLException {
    if (!ended && copy.isActive()) {
      copy.cancelCopy();
    }
  }
}
