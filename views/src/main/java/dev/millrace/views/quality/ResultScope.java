package dev.millrace.views.quality;

import dev.millrace.engine.quality.ExpectationResult;

/// Which results are listed.
enum ResultScope {
  ALL("All"),
  FAILED("Not met"),
  MET("Met");

  private final String words;

  ResultScope(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  boolean means(ExpectationResult result) {
    return switch (this) {
      case ALL -> true;
      case FAILED -> !result.success();
      case MET -> result.success();
    };
  }
}
