package dev.millrace.engine.quality;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// What the expectations of a suite are called, so that each is told from the others.
///
/// An expectation has its type, columns and condition for a name, which stays while its bounds
/// change; where several of a suite share that, all that they ask is part of it. A reason always
/// says all that was asked, because it is kept with a row and must be true when the suite is
/// another.
public final class Names {

  private Names() {}

  /// One of each, in order: for a history, which compares one validation with the next.
  public static List<String> of(List<ExpectationConfig> suite) {
    Map<String, Integer> titles = new HashMap<>();
    suite.forEach(config -> titles.merge(config.title(), 1, Integer::sum));
    return distinct(
        suite.stream()
            .map(
                config ->
                    Objects.requireNonNullElse(titles.get(config.title()), 1) == 1
                        ? config.title()
                        : full(config))
            .toList());
  }

  /// One of each, in order: for what is kept with a row that fails.
  public static List<String> reasons(List<ExpectationConfig> suite) {
    return distinct(suite.stream().map(Names::full).toList());
  }

  /// The type and columns with all that is asked: `expect_column_values_to_be_between (value):
  /// between 0 and 85, where kind = "humidity"`.
  public static String full(ExpectationConfig config) {
    Map<String, Object> unconditional = new HashMap<>(config.kwargs());
    unconditional.remove("row_condition");
    String title = config.withKwargs(unconditional).title();
    return asked(config).map(asked -> title + ": " + asked).orElse(title);
  }

  private static Optional<String> asked(ExpectationConfig config) {
    Optional<String> query = Asked.query(config);
    return query.isPresent()
        ? query.map(
            sql ->
                config.purpose().equals(config.title())
                    ? Shown.value(sql.replaceAll("\\s+", " "))
                    : config.purpose())
        : Sentence.asked(config);
  }

  private static List<String> distinct(List<String> names) {
    Set<String> taken = new HashSet<>();
    List<String> distinct = new ArrayList<>();
    for (String name : names) {
      String free = name;
      for (int nth = 2; !taken.add(free); nth++) {
        free = name + " #" + nth;
      }
      distinct.add(free);
    }
    return distinct;
  }
}
