package dev.millrace.engine.transform.duckdb;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.Count;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Finds what is amiss in a CSV with its line: a value that begins with a quote and does not end
/// with one, which DuckDB would take for a letter, and the rest of the file for what it is not; and
/// a row that has not the fields of the header.
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

  /// A row that has not as many fields as the first.
  ///
  /// @param line where it begins, from 1
  record Uneven(long line, long fields, long header) {
    String words() {
      return "line %,d has %s, and its header %,d"
          .formatted(line, Count.of(fields, "field"), header);
    }
  }

  /// Hears of each row that is not blank: where it begins, and how many fields it has.
  @FunctionalInterface
  private interface Rows {
    /// @return whether to go on
    boolean ended(long line, long fields);
  }

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
      Optional<Fault> fault = scan(in, (_, _) -> true);
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

  /// The first row that is not as wide as the header; empty where all are, the header has one field
  /// only, or the file is packed so that it cannot be looked into.
  Optional<Uneven> uneven(Path file) {
    if (TextHead.packedByZstd(file)) {
      return Optional.empty();
    }
    List<Long> header = new ArrayList<>();
    List<Uneven> found = new ArrayList<>();
    try (InputStream in = TextHead.open(file)) {
      var _ =
          scan(
              in,
              (line, fields) -> {
                if (header.isEmpty()) {
                  header.add(fields);
                } else if (fields != header.getFirst()) {
                  found.add(new Uneven(line, fields, header.getFirst()));
                }
                return header.getFirst() > 1 && found.isEmpty();
              });
    } catch (IOException e) {
      throw TextHead.unreadable(file, e);
    }
    return found.stream().findFirst();
  }

  /// The same with the one separator that the first line has most of.
  CsvQuotes bySeparatorOf(String firstLine) {
    return separators
        .chars()
        .boxed()
        .max(Comparator.comparingLong(one -> firstLine.chars().filter(one::equals).count()))
        .map(one -> new CsvQuotes(Character.toString(one), quote, escape))
        .orElse(this);
  }

  private Optional<Fault> scan(InputStream in, Rows rows) throws IOException {
    byte[] bytes = new byte[1 << 16];
    In state = In.FRONT;
    long line = 1;
    long opened = 0;
    long began = 1;
    long separated = 0;
    boolean blank = true;
    boolean first = true;
    byte before = 0;
    for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
      int from = first && read >= 3 && (bytes[0] & 0xFF) == 0xEF ? 3 : 0;
      first = false;
      for (int i = from; i < read; i++) {
        byte now = bytes[i];
        boolean ends = now == '\n' || now == '\r';
        boolean separates = separators.indexOf(now) >= 0;
        if (state != In.QUOTED && state != In.ESCAPED) {
          if (ends) {
            if (!blank && !rows.ended(began, separated + 1)) {
              return Optional.empty();
            }
            began = line + (now == '\r' || before != '\r' ? 1 : 0);
            separated = 0;
          } else if (separates) {
            separated++;
          }
          blank = ends;
        }
        switch (state) {
          case FRONT, PLAIN -> {
            if (state == In.FRONT && now == quote) {
              state = In.QUOTED;
              opened = line;
            } else {
              state = ends || separates ? In.FRONT : In.PLAIN;
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
            } else if (ends || separates) {
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
    if (!blank) {
      var _ = rows.ended(began, separated + 1);
    }
    return state == In.QUOTED || state == In.ESCAPED
        ? Optional.of(new Fault(opened, Optional.empty()))
        : Optional.empty();
  }
}
