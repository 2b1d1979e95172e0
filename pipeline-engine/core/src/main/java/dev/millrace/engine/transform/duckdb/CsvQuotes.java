package dev.millrace.engine.transform.duckdb;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/// Refuses a CSV in which a value begins with a quote and does not end with one: DuckDB would take
/// the quote for a letter, and the rest of the file for what it is not.
///
/// @param separators characters that end a value
/// @param quote what a quoted value begins and ends with
/// @param escape what a quote within such a value is led by, the quote itself for most
record CsvQuotes(String separators, char quote, char escape) {

  /// Where one of several may separate values.
  static final CsvQuotes UNSURE = new CsvQuotes(",;|\t", '"', '"');

  /// A quoted value that does not end as it should.
  ///
  /// @param opened line of its first quote, from 1
  /// @param broken line where more stands behind a quote that should have been its last; empty
  ///   where no more quote comes
  record Fault(long opened, Optional<Long> broken) {}

  private enum In {
    FRONT,
    PLAIN,
    QUOTED,
    ESCAPED,
    BEHIND
  }

  /// @throws MillraceException `FILE` with the line where the quote opens
  void require(Path file) {
    if (TextHead.packedByZstd(file)) {
      return;
    }
    try (InputStream in = TextHead.open(file)) {
      Optional<Fault> fault = fault(in);
      if (fault.isPresent()) {
        throw new MillraceException(
            ErrorCode.FILE,
            "%s cannot be read: the quote that opens in line %,d %s"
                .formatted(
                    file,
                    fault.get().opened(),
                    fault
                        .get()
                        .broken()
                        .map("is followed by more behind its closing quote in line %,d"::formatted)
                        .orElse("never closes")),
            "close it there; a quote within a value stands twice, and the value in quotes; nothing"
                + " was judged");
      }
    } catch (IOException e) {
      throw TextHead.unreadable(file, e);
    }
  }

  private Optional<Fault> fault(InputStream in) throws IOException {
    byte[] bytes = new byte[1 << 16];
    In state = In.FRONT;
    long line = 1;
    long opened = 0;
    boolean first = true;
    byte before = 0;
    for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
      int from = first && read >= 3 && (bytes[0] & 0xFF) == 0xEF ? 3 : 0;
      first = false;
      for (int i = from; i < read; i++) {
        byte now = bytes[i];
        boolean ends = now == '\n' || now == '\r';
        switch (state) {
          case FRONT, PLAIN -> {
            if (state == In.FRONT && now == quote) {
              state = In.QUOTED;
              opened = line;
            } else {
              state = ends || separators.indexOf(now) >= 0 ? In.FRONT : In.PLAIN;
            }
          }
          case QUOTED ->
              state =
                  now == escape && escape != quote
                      ? In.ESCAPED
                      : now == quote ? In.BEHIND : In.QUOTED;
          case ESCAPED -> state = In.QUOTED;
          case BEHIND -> {
            if (now == quote && escape == quote) {
              state = In.QUOTED;
            } else if (ends || separators.indexOf(now) >= 0) {
              state = In.FRONT;
            } else if (now != ' ') {
              return Optional.of(new Fault(opened, Optional.of(line)));
            }
          }
        }
        if (now == '\r' || (now == '\n' && before != '\r')) {
          line++;
        }
        before = now;
      }
    }
    return state == In.QUOTED || state == In.ESCAPED
        ? Optional.of(new Fault(opened, Optional.empty()))
        : Optional.empty();
  }
}
