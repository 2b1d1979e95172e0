package dev.millrace.engine.deadletter;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// What is changed in a value before it is sent again.
public sealed interface Edit {

  /// Sends the bytes as they came.
  Edit NONE = new None();

  /// The bytes to send, or empty when the edit does not apply to them.
  Optional<byte[]> apply(byte[] raw);

  /// Nothing is changed.
  record None() implements Edit {
    @Override
    public Optional<byte[]> apply(byte[] raw) {
      return Optional.of(raw);
    }
  }

  /// Other bytes in place of all of them; for one letter.
  record Whole(byte[] bytes) implements Edit {
    @Override
    public Optional<byte[]> apply(byte[] raw) {
      return Optional.of(bytes);
    }
  }

  /// Every occurrence of a text replaced by another, byte for byte in UTF-8; a letter without the
  /// text is left alone.
  record Replace(String text, String by) implements Edit {
    public Replace {
      if (text.isEmpty()) {
        throw new IllegalArgumentException("an empty text stands nowhere");
      }
    }

    @Override
    public Optional<byte[]> apply(byte[] raw) {
      // In Latin-1 a character is a byte, so bytes that are no UTF-8 stay what they are.
      String bytes = new String(raw, StandardCharsets.ISO_8859_1);
      String wanted = latin(text);
      return bytes.contains(wanted)
          ? Optional.of(bytes.replace(wanted, latin(by)).getBytes(StandardCharsets.ISO_8859_1))
          : Optional.empty();
    }

    private static String latin(String text) {
      return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
  }
}
