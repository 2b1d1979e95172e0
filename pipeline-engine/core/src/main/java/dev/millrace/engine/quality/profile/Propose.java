package dev.millrace.engine.quality.profile;

import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Count;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.quality.ExpectationConfig;
import dev.millrace.engine.quality.LineageColumns;
import dev.millrace.engine.quality.Severity;
import dev.millrace.engine.quality.profile.Profile.ColumnProfile;
import dev.millrace.engine.quality.profile.Profile.Frequent;
import dev.millrace.engine.quality.profile.Profile.Proposal;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Turns figures into expectations, with room for what was not seen yet.
final class Propose {

  /// Rows below which a set, a range or uniqueness may be chance.
  private static final int ENOUGH = 20;

  /// Part of the usual span by which a range is widened at both ends.
  private static final double ROOM = 0.25;

  private final long rows;
  private final List<Proposal> proposals = new ArrayList<>();

  /// @param rows at least one
  Propose(long rows) {
    this.rows = rows;
  }

  List<Proposal> proposals() {
    return proposals;
  }

  void table(Schema schema, List<String> key) {
    add(
        "expect_table_row_count_to_be_between",
        Map.of("min_value", 1),
        Severity.CRITICAL,
        Count.of(rows, "row"));
    List<String> names = schema.columns().stream().map(Column::name).toList();
    add(
        "expect_table_columns_to_match_set",
        Map.of("column_set", names, "exact_match", false),
        Severity.CRITICAL,
        Count.of(schema.size(), "column"));
    if (key.size() > 1) {
      add(
          "expect_compound_columns_to_be_unique",
          Map.of("column_list", key),
          Severity.CRITICAL,
          "they are the table's key");
    }
  }

  void column(ColumnProfile seen, Optional<String> shape) {
    if (seen.type() != ColumnType.BINARY) {
      add(
          "expect_column_values_to_be_of_type",
          of(seen, "type_", seen.type().name()),
          Severity.CRITICAL,
          "the column holds " + seen.type().sqlName());
    }
    if (LineageColumns.contain(seen.name())) {
      if (seen.nulls() == 0) {
        nulls(seen);
      }
      return;
    }
    nulls(seen);
    long present = rows - seen.nulls();
    if (present < ENOUGH) {
      return;
    }
    if (seen.distinct() == present && mayName(seen.type())) {
      add(
          "expect_column_values_to_be_unique",
          of(seen),
          Severity.CRITICAL,
          "%,d values, all different".formatted(present));
    }
    boolean set = set(seen, present);
    if (!set) {
      range(seen);
    }
    texts(seen, set, shape);
  }

  /// Whether a column of the type may tell a row from all others; that no two times are equal is
  /// chance.
  private static boolean mayName(ColumnType type) {
    return switch (type) {
      case STRING, INT, BIGINT -> true;
      case DOUBLE, BOOLEAN, TIMESTAMP, DATE, BINARY -> false;
    };
  }

  private void nulls(ColumnProfile seen) {
    double share = (double) (rows - seen.nulls()) / rows;
    String evidence =
        "%,d of %s %s null (%.2f %%)"
            .formatted(
                seen.nulls(), Count.of(rows, "row"), Count.is(seen.nulls()), 100 - 100 * share);
    if (seen.nulls() == 0) {
      add("expect_column_values_to_not_be_null", of(seen), Severity.CRITICAL, evidence);
    } else if (seen.nulls() == rows) {
      add("expect_column_values_to_be_null", of(seen), Severity.INFO, evidence);
    } else {
      double mostly = Math.floor((share - 0.02) * 100) / 100;
      if (mostly > 0) {
        add(
            "expect_column_values_to_not_be_null",
            of(seen, "mostly", mostly),
            Severity.WARNING,
            evidence);
      }
    }
  }

  /// @return whether it holds one of a few values
  private boolean set(ColumnProfile seen, long present) {
    boolean categorical =
        (seen.type() == ColumnType.STRING
                || seen.type() == ColumnType.BOOLEAN
                || seen.type() == ColumnType.INT
                || seen.type() == ColumnType.BIGINT)
            && !seen.frequent().isEmpty()
            && seen.distinct() <= ProfileData.FEW
            && seen.distinct() * 5 <= present;
    if (!categorical) {
      return false;
    }
    if (seen.type() == ColumnType.BOOLEAN && seen.distinct() == 2) {
      return true; // There is no third value that could be amiss.
    }
    List<Object> values = seen.frequent().stream().map(Frequent::value).toList();
    String told =
        seen.frequent().stream()
            .limit(6)
            .map(f -> "%s %,d".formatted(f.value(), f.rows()))
            .collect(Collectors.joining(", "));
    add(
        "expect_column_values_to_be_in_set",
        of(seen, "value_set", values),
        Severity.WARNING,
        "%d different values: %s%s"
            .formatted(seen.distinct(), told, seen.frequent().size() > 6 ? ", …" : ""));
    return true;
  }

  private void range(ColumnProfile seen) {
    if (seen.low().isEmpty() || seen.high().isEmpty()) {
      return;
    }
    double low = seen.low().getAsDouble();
    double high = seen.high().getAsDouble();
    double room = ROOM * (high - low);
    boolean whole = seen.type() != ColumnType.DOUBLE;
    Number min = rounded(low >= 0 ? Math.max(0, low - room) : low - room, whole, false);
    Number max = rounded(high + room, whole, true);
    Map<String, @Nullable Object> kwargs = of(seen, "min_value", min);
    kwargs.put("max_value", max);
    kwargs.put("mostly", 0.99);
    add(
        "expect_column_values_to_be_between",
        kwargs,
        Severity.WARNING,
        "smallest %s, 0.5 %% under %s, half under %s, 99.5 %% under %s, largest %s"
            .formatted(
                seen.min().orElse(""),
                shown(low),
                shown(seen.median().orElse(0)),
                shown(high),
                seen.max().orElse("")));
  }

  private void texts(ColumnProfile seen, boolean set, Optional<String> shape) {
    if (seen.type() != ColumnType.STRING || set) {
      return;
    }
    if (shape.isPresent() && shape.get().contains("9")) {
      add(
          "expect_column_values_to_match_regex",
          of(seen, "regex", regex(shape.get())),
          Severity.WARNING,
          "all %,d different texts have the shape %s".formatted(seen.distinct(), shape.get()));
    } else if (seen.shortest().isPresent() && seen.longest().isPresent()) {
      long shortest = seen.shortest().getAsLong();
      long longest = seen.longest().getAsLong();
      Map<String, @Nullable Object> kwargs = of(seen, "min_value", Math.min(1, shortest));
      kwargs.put("max_value", shortest == longest ? longest : longest + longest / 2 + 1);
      if (shortest == longest) {
        kwargs.put("min_value", longest);
      }
      add(
          "expect_column_value_lengths_to_be_between",
          kwargs,
          Severity.INFO,
          "texts of %,d to %,d characters".formatted(shortest, longest));
    }
  }

  /// A shape as a regular expression: what stands in it is meant as it stands, `9` is digits.
  private static String regex(String shape) {
    StringBuilder regex = new StringBuilder("^");
    for (int i = 0; i < shape.length(); i++) {
      char c = shape.charAt(i);
      if (c == '9') {
        regex.append("[0-9]+");
      } else if ("\\.^$|?*+()[]{}".indexOf(c) >= 0) {
        regex.append('\\').append(c);
      } else {
        regex.append(c);
      }
    }
    return regex.append('$').toString();
  }

  /// To three digits, away from the values.
  private static Number rounded(double value, boolean whole, boolean up) {
    RoundingMode mode = up ? RoundingMode.CEILING : RoundingMode.FLOOR;
    BigDecimal rounded = BigDecimal.valueOf(value).round(new MathContext(3, mode));
    return whole ? rounded.setScale(0, mode).longValue() : (Number) rounded.doubleValue();
  }

  private static String shown(double value) {
    return BigDecimal.valueOf(value).round(new MathContext(4)).stripTrailingZeros().toPlainString();
  }

  private static Map<String, @Nullable Object> of(ColumnProfile seen) {
    Map<String, @Nullable Object> kwargs = new LinkedHashMap<>();
    kwargs.put("column", seen.name());
    return kwargs;
  }

  private static Map<String, @Nullable Object> of(
      ColumnProfile seen, String name, @Nullable Object value) {
    Map<String, @Nullable Object> kwargs = of(seen);
    kwargs.put(name, value);
    return kwargs;
  }

  private void add(
      String type,
      Map<String, ? extends @Nullable Object> kwargs,
      Severity severity,
      String evidence) {
    Map<String, @Nullable Object> arguments = new LinkedHashMap<>(kwargs);
    proposals.add(
        new Proposal(
            new ExpectationConfig(type, arguments, Map.of("evidence", evidence), severity, 0),
            evidence));
  }
}
