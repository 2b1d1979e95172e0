package dev.millrace.engine.transform.duckdb;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/// Refuses a text that is not JSON, or not several of it one after another, with the line that is
/// amiss. DuckDB reads some of it nevertheless, and counts lines as it divides the file.
final class JsonText {

  /// Python writes what is no number so.
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private JsonText() {}

  /// @throws MillraceException `FILE`
  static void require(Path file) {
    if (TextHead.packedByZstd(file)) {
      return;
    }
    Deque<Integer> open = new ArrayDeque<>();
    try (InputStream in = TextHead.open(file);
        JsonParser parser = JSON.createParser(in)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isStructStart()) {
          open.push(parser.currentTokenLocation().getLineNr());
        } else if (token.isStructEnd()) {
          open.pop();
        }
      }
    } catch (JsonProcessingException e) {
      // Another encoding is told with its remedy by who reads next; our parser's limits are no
      // fault.
      if (!(e instanceof StreamConstraintsException) && !e.getOriginalMessage().contains("UTF-8")) {
        throw refused(file, e, open);
      }
    } catch (IOException e) {
      throw TextHead.unreadable(file, e);
    }
  }

  private static MillraceException refused(
      Path file, JsonProcessingException e, Deque<Integer> open) {
    int line = e.getLocation().getLineNr();
    boolean unended = e instanceof JsonEOFException || e.getOriginalMessage().contains("('{'");
    String fault =
        !open.isEmpty() && unended && open.getFirst() < line
            ? "line %,d: what begins there does not end".formatted(open.getFirst())
            : "line %,d: %s".formatted(line, plain(e.getOriginalMessage()));
    return new MillraceException(
        ErrorCode.FILE,
        file + " cannot be read: " + fault,
        "mend the file there; nothing was judged",
        e);
  }

  /// Without the numbers of characters, which only programmers know.
  private static String plain(String told) {
    String words = told.replaceAll(" \\(code \\d+(?: / 0x[0-9a-fA-F]+)?\\)", "").strip();
    return words.isEmpty() ? "it is no JSON" : words;
  }
}
