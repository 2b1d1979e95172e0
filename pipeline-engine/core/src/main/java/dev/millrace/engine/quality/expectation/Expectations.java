package dev.millrace.engine.quality.expectation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Every type of expectation that can be judged.
public final class Expectations {

  private static final List<Family> FAMILIES =
      List.of(
          new NullExpectations(),
          new SetExpectations(),
          new BetweenExpectations(),
          new LengthExpectations(),
          new RegexExpectations(),
          new UniqueExpectations(),
          new TypeExpectations(),
          new PairExpectations(),
          new RecordExpectations(),
          new AggregateExpectations(),
          new DistinctExpectations(),
          new ProportionExpectations(),
          new TableCountExpectations(),
          new TableColumnExpectations(),
          new TextFormatExpectations(),
          new LikeExpectations(),
          new OrderExpectations(),
          new ZScoreExpectations(),
          new MostCommonExpectations(),
          new QuantileExpectations(),
          new DivergenceExpectations(),
          new QueryExpectations());

  private static final Map<String, Family> BY_TYPE = byType();

  private Expectations() {}

  /// Names of the types, in order.
  public static Set<String> types() {
    return new TreeSet<>(BY_TYPE.keySet());
  }

  /// Makes an expectation ready to be judged.
  ///
  /// @param arguments its `kwargs`, suite parameters put in
  /// @throws WrongArgument when the type is unknown or an argument is amiss
  public static Check check(String type, Map<String, @Nullable Object> arguments, Subject subject) {
    Family family = BY_TYPE.get(type);
    if (family == null) {
      throw new WrongArgument("there is no expectation of type " + type);
    }
    Arguments read = new Arguments(arguments);
    Subject narrowed =
        subject.under(
            RowCondition.sql(
                read.value("row_condition"),
                read.optionalText("condition_parser"),
                subject.schema()),
            subject.detail().orAsTold(read.value("result_format")));
    Check check = family.check(type, read, narrowed);
    read.refuseOthers();
    return narrowed.format() == ResultFormat.BOOLEAN_ONLY ? new VerdictOnly(check) : check;
  }

  private static Map<String, Family> byType() {
    Map<String, Family> byType = new HashMap<>();
    for (Family family : FAMILIES) {
      family.types().forEach(type -> byType.put(type, family));
    }
    return byType;
  }
}
