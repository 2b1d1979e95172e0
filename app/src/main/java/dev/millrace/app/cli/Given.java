package dev.millrace.app.cli;

import dev.millrace.engine.care.TableQuery;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.pipeline.FlowDefinition;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.yaml.Nearest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.TypeConversionException;

/// What a command line gives, checked before anything starts.
///
/// Whatever does not fit is a {@link MillraceException} with code `USAGE`.
final class Given {

  private Given() {}

  /// @return the number, which is at least 1
  static long atLeastOne(String option, long number) {
    if (number < 1) {
      throw new MillraceException(
          ErrorCode.USAGE, option + " " + number + " is too few", "say a number from 1 on");
    }
    return number;
  }

  /// @return the number, which is at least 1
  static int atLeastOne(String option, int number) {
    return (int) atLeastOne(option, (long) number);
  }

  /// A time as picocli is to read it.
  static Instant moment(String text) {
    try {
      return TableQuery.moment(text);
    } catch (MillraceException e) {
      throw new TypeConversionException(e.what() + "; " + e.remedy());
    }
  }

  /// A date as picocli is to read it.
  static LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw new TypeConversionException("'" + text + "' is no date; write 2026-03-01");
    }
  }

  /// The feed of this name, or the only one.
  static Feed feed(Pipeline pipeline, Optional<String> name) {
    List<String> known = pipeline.feeds().stream().map(Feed::name).toList();
    if (name.isPresent()) {
      return pipeline
          .feed(name.get())
          .orElseThrow(() -> unknown(pipeline, "feed", name.get(), known));
    }
    if (known.size() != 1) {
      throw new MillraceException(
          ErrorCode.USAGE,
          pipeline.name() + " has " + known.size() + " feeds",
          "say which with --feed: " + String.join(", ", known));
    }
    return pipeline.feeds().getFirst();
  }

  /// The flow of this name.
  static FlowDefinition flow(Pipeline pipeline, String name) {
    return pipeline
        .flow(name)
        .orElseThrow(
            () ->
                unknown(
                    pipeline,
                    "flow",
                    name,
                    pipeline.flows().stream().map(FlowDefinition::name).toList()));
  }

  private static MillraceException unknown(
      Pipeline pipeline, String what, String name, List<String> known) {
    return new MillraceException(
        ErrorCode.USAGE,
        pipeline.name() + " has no " + what + " '" + name + "'",
        Nearest.to(name, known)
            .map(near -> "did you mean " + near + "?")
            .orElse(known.isEmpty() ? "it has none" : "it has " + String.join(", ", known)));
  }
}
