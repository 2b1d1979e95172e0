package dev.millrace.views.letters;

import java.util.Arrays;
import java.util.Objects;

/// One reason as the list shows it.
///
/// @param reason its name in the table; empty for all reasons together
/// @param words for people
/// @param seen how many came when, oldest first
/// @param last how long ago the newest came
public record ReasonRow(String reason, String words, long letters, double[] seen, String last) {

  @Override
  public boolean equals(Object other) {
    return other instanceof ReasonRow that
        && reason.equals(that.reason)
        && letters == that.letters
        && last.equals(that.last)
        && Arrays.equals(seen, that.seen);
  }

  @Override
  public int hashCode() {
    return Objects.hash(reason, letters, last);
  }
}
