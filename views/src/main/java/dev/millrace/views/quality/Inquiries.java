package dev.millrace.views.quality;

import dev.millrace.engine.api.Command;
import dev.millrace.engine.api.Outcome;
import dev.millrace.engine.api.QualityAnswer;
import dev.millrace.engine.api.QualityOrder;
import dev.millrace.views.desk.Asked;
import dev.millrace.views.desk.CommandDesk;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/// Questions about quality, each in the place of an earlier one of its name. FX thread only.
final class Inquiries {

  private final CommandDesk desk;
  private final Map<String, Asked> asked = new HashMap<>();
  private String pipeline = "";

  Inquiries(CommandDesk desk) {
    this.desk = desk;
  }

  void pipeline(String name) {
    pipeline = name;
  }

  String pipeline() {
    return pipeline;
  }

  CommandDesk desk() {
    return desk;
  }

  /// @param name what the question is about; one of the same name that is open is forgotten
  /// @param refused hears why there is no answer, in one or two sentences
  void ask(
      String name, QualityOrder order, Consumer<QualityAnswer> answered, Consumer<String> refused) {
    forget(name);
    asked.put(
        name,
        desk.ask(
            new Command.Quality(pipeline, order),
            outcome -> {
              switch (outcome) {
                case Outcome.Quality found -> answered.accept(found.answer());
                case Outcome.Failed failed ->
                    refused.accept(failed.what() + ". " + sentence(failed.remedy()));
                case Outcome.Cancelled cancelled ->
                    refused.accept("Cancelled: " + cancelled.summary() + ".");
                default -> refused.accept("There is nothing to tell.");
              }
            }));
  }

  /// Asks an open question to stop; it then answers that it was cancelled.
  void cancel(String name) {
    Asked open = asked.get(name);
    if (open != null) {
      open.cancel();
    }
  }

  void forget(String name) {
    Asked before = asked.remove(name);
    if (before != null && !before.isAnswered()) {
      before.forget();
    }
  }

  private static String sentence(String words) {
    return words.isBlank()
        ? ""
        : words.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + words.substring(1) + ".";
  }
}
