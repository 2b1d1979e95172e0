package dev.millrace.simulator.replay;

import static java.util.Objects.requireNonNull;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/// The rows of a CSV file with the lines they begin in; blank lines are left out. A file that ends
/// in `.gz` is unpacked. For one thread.
final class CsvRows implements AutoCloseable {

  /// @param line where the row begins, from 1
  record Row(int line, List<String> fields) {}

  private final Path file;
  private final Charset charset;
  private final long size;
  private final Counting counted;
  private final CSVParser parser;
  private final Iterator<CSVRecord> records;

  CsvRows(Path file, Charset charset, char delimiter, Optional<Character> quote) {
    this.file = file;
    this.charset = charset;
    try {
      size = Files.size(file);
      counted = new Counting(Files.newInputStream(file));
      CSVFormat format =
          CSVFormat.Builder.create()
              .setDelimiter(delimiter)
              .setQuote(quote.orElse(null))
              .setIgnoreEmptyLines(false)
              .get();
      parser = CSVParser.parse(withoutMark(reader()), format);
      records = parser.iterator();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private Reader reader() throws IOException {
    boolean packed = file.toString().toLowerCase(Locale.ROOT).endsWith(".gz");
    InputStream in = packed ? new GZIPInputStream(counted, 1 << 16) : counted;
    return new InputStreamReader(
        in,
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT));
  }

  private static Reader withoutMark(Reader in) throws IOException {
    BufferedReader buffered = new BufferedReader(in, 1 << 16);
    buffered.mark(1);
    if (buffered.read() != '\uFEFF') {
      buffered.reset();
    }
    return buffered;
  }

  /// The next row, or empty at the end.
  Optional<Row> next() {
    try {
      while (true) {
        int line = (int) parser.getCurrentLineNumber() + 1;
        if (!records.hasNext()) {
          return Optional.empty();
        }
        CSVRecord fields = records.next();
        if (fields.size() > 1 || !fields.get(0).isBlank()) {
          return Optional.of(new Row(line, new ArrayList<>(fields.toList())));
        }
      }
    } catch (UncheckedIOException e) {
      throw unreadable(requireNonNull(e.getCause()));
    }
  }

  /// Bytes of the file read so far.
  long read() {
    return counted.read;
  }

  /// Bytes of the file.
  long size() {
    return size;
  }

  @Override
  public void close() {
    try {
      parser.close();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private MillraceException unreadable(IOException e) {
    return switch (e) {
      case NoSuchFileException _ ->
          new MillraceException(ErrorCode.FILE, "there is no file " + file, "name a CSV file", e);
      case CharacterCodingException _ ->
          new MillraceException(
              ErrorCode.FILE,
              file + " is not " + charset + " after line " + parserLine(),
              "write its charset into the mapping, such as `charset: windows-1252`",
              e);
      default ->
          new MillraceException(
              ErrorCode.FILE,
              file + " cannot be read as CSV: " + e.getMessage(),
              "mend the file, or write its delimiter and quote into the mapping",
              e);
    };
  }

  @SuppressWarnings("NullAway") // Also asked while the constructor still runs.
  private long parserLine() {
    return parser == null ? 0 : parser.getCurrentLineNumber();
  }

  private static final class Counting extends FilterInputStream {
    private long read;

    Counting(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int b = super.read();
      read += b < 0 ? 0 : 1;
      return b;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = super.read(bytes, offset, length);
      read += Math.max(0, count);
      return count;
    }
  }
}
