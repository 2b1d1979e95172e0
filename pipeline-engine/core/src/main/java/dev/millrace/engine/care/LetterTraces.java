package dev.millrace.engine.care;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// Whether a dead letter is about a subject: its event says so where it can be read, or its bytes
/// hold the value as a word.
final class LetterTraces {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern ESCAPED = Pattern.compile("\\\\u([0-9A-Fa-f]{4})");

  private final Subject subject;
  private final Traces traces;

  LetterTraces(Subject subject, Traces traces) {
    this.subject = subject;
    this.traces = traces;
  }

  boolean in(byte[] raw, String detail) {
    return traces.in(raw) || traces.in(detail) || named(raw) || traces.in(unescaped(raw));
  }

  /// Whether a field that is the subject's holds the value.
  private boolean named(byte[] raw) {
    try {
      JsonNode event = JSON.readTree(raw);
      return event != null
          && subject.columns().stream()
              .map(event::path)
              .anyMatch(field -> field.asText().equals(subject.value()));
    } catch (JacksonException _) {
      return false;
    } catch (IOException e) {
      throw new IllegalStateException("Bytes in memory cannot fail to be read", e);
    }
  }

  /// JSON may write any character as its number.
  private static String unescaped(byte[] raw) {
    return ESCAPED
        .matcher(new String(raw, StandardCharsets.UTF_8))
        .replaceAll(
            found ->
                java.util.regex.Matcher.quoteReplacement(
                    Character.toString((char) Integer.parseInt(found.group(1), 16))));
  }
}
