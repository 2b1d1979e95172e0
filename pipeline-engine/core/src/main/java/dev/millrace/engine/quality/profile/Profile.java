package dev.millrace.engine.quality.profile;

import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.quality.ExpectationConfig;
import dev.millrace.engine.quality.Suite;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;

/// What data looks like, and the expectations it suggests.
///
/// @param data name of the table or file, for people
public record Profile(
    String data, long rows, List<ColumnProfile> columns, List<Proposal> proposals) {

  public Profile {
    columns = List.copyOf(columns);
    proposals = List.copyOf(proposals);
  }

  /// A column's figures.
  ///
  /// @param distinct different values; about, when there are many
  /// @param min smallest value, as text
  /// @param max largest value, as text
  /// @param mean of numbers
  /// @param low the value at 0.5 %, of numbers
  /// @param median the value at 50 %, of numbers
  /// @param high the value at 99.5 %, of numbers
  /// @param shortest length of the shortest text, in characters
  /// @param longest length of the longest text, in characters
  /// @param frequent the most frequent values and how many rows have them, at most 25
  public record ColumnProfile(
      String name,
      ColumnType type,
      long nulls,
      long distinct,
      Optional<String> min,
      Optional<String> max,
      OptionalDouble mean,
      OptionalDouble low,
      OptionalDouble median,
      OptionalDouble high,
      OptionalLong shortest,
      OptionalLong longest,
      List<Frequent> frequent) {
    public ColumnProfile {
      frequent = List.copyOf(frequent);
    }
  }

  /// A value and how many rows have it.
  public record Frequent(Object value, long rows) {}

  /// An expectation and why.
  ///
  /// @param evidence what was seen, for people
  public record Proposal(ExpectationConfig expectation, String evidence) {}

  /// A suite of all proposals.
  public Suite suite(String name) {
    return suite(name, Set.copyOf(IntStream.range(0, proposals.size()).boxed().toList()));
  }

  /// A suite of the proposals at these places, from 0.
  public Suite suite(String name, Set<Integer> accepted) {
    return new Suite(
        name,
        IntStream.range(0, proposals.size())
            .filter(accepted::contains)
            .mapToObj(i -> proposals.get(i).expectation())
            .toList(),
        Map.of(),
        Map.of("profiled", data, "profiled_rows", rows));
  }
}
