package dev.millrace.simulator;

import java.util.List;

/// How a column without a role is filled, event by event.
public sealed interface ColumnSource {

  /// Evenly spread from low to high.
  record Between(double low, double high, int decimals) implements ColumnSource {}

  /// One of these texts, each as likely.
  record OneOf(List<String> texts) implements ColumnSource {
    public OneOf {
      texts = List.copyOf(texts);
    }
  }

  /// A random UUID, version 4.
  record RandomUuid() implements ColumnSource {}

  /// True with this share.
  record Flag(double share) implements ColumnSource {}
}
