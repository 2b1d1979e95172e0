package dev.millrace.embedded.redshift;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Rows in the text form of PostgreSQL's COPY, sent in frames. For one thread.
final class TextRows implements CopyFromS3.Rows {

  private static final int FRAME = 1 << 16;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Frames server;
  private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(FRAME * 2);

  TextRows(Frames server) {
    this.server = server;
  }

  @Override
  public void row(List<Object> values, int width) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < width; i++) {
      if (i > 0) {
        line.append('\t');
      }
      append(line, values.get(i));
    }
    buffer.writeBytes(line.append('\n').toString().getBytes(StandardCharsets.UTF_8));
    if (buffer.size() >= FRAME) {
      flush();
    }
  }

  void flush() throws IOException {
    if (buffer.size() > 0) {
      server.write('d', buffer.toByteArray());
      buffer.reset();
    }
  }

  private static void append(StringBuilder line, @Nullable Object value) {
    switch (value) {
      case null -> line.append("\\N");
      case String text -> escaped(line, text);
      case byte[] bytes -> line.append("\\\\x").append(HexFormat.of().formatHex(bytes));
      case Instant instant ->
          line.append(dated(TIME.format(instant), instant.atOffset(ZoneOffset.UTC).getYear()));
      case LocalDate date -> line.append(dated(text(date), date.getYear()));
      default -> line.append(value);
    }
  }

  private static String text(LocalDate date) {
    return DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT).format(date);
  }

  /// `yyyy` is the year of the era.
  private static String dated(String text, int year) {
    return year > 0 ? text.replaceFirst("^\\+", "") : text + " BC";
  }

  /// PostgreSQL's text holds every character but NUL.
  private static void escaped(StringBuilder line, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\' -> line.append("\\\\");
        case '\t' -> line.append("\\t");
        case '\n' -> line.append("\\n");
        case '\r' -> line.append("\\r");
        case '\0' -> line.append('\uFFFD');
        default -> line.append(c);
      }
    }
  }
}
