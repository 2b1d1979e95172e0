package dev.millrace.views.letters;

import dev.millrace.views.text.Names;
import java.util.Locale;

/// Reasons as people say them.
final class ReasonWords {

  private ReasonWords() {}

  static String of(String reason) {
    return switch (reason) {
      case "" -> "All reasons";
      case "NOT_JSON" -> "No JSON";
      case "NOT_UTF8" -> "No UTF-8";
      case "NOT_AN_OBJECT" -> "No object";
      case "TOO_DEEP" -> "Nested too deep";
      case "TOO_LARGE" -> "Too large";
      case "MISSING_FIELD" -> "Field is missing";
      case "NULL_FIELD" -> "Field is null";
      case "DUPLICATE_FIELD" -> "Field stands twice";
      case "WRONG_TYPE" -> "Wrong type";
      case "OUT_OF_RANGE" -> "Number does not fit";
      case "BAD_TIME" -> "No such time";
      default -> Names.spoken(reason.toLowerCase(Locale.ROOT));
    };
  }
}
