package dev.millrace.views.quality;

import dev.millrace.engine.quality.Asked;
import dev.millrace.engine.quality.ExpectationConfig;
import dev.millrace.engine.quality.Suite;
import dev.millrace.views.theme.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a draft changes of a suite, expectation by expectation.
record SuiteChanges(List<Change> changes) {

  static final SuiteChanges NONE = new SuiteChanges(List.of());

  SuiteChanges {
    changes = List.copyOf(changes);
  }

  enum Kind {
    ADDED("Added", "mdi2p-plus-circle-outline", Tone.GOOD),
    CHANGED("Changed", "mdi2p-pencil-circle-outline", Tone.WARNING),
    DROPPED("Dropped", "mdi2m-minus-circle-outline", Tone.BAD);

    private final String words;
    private final String icon;
    private final Tone tone;

    Kind(String words, String icon, Tone tone) {
      this.words = words;
      this.icon = icon;
      this.tone = tone;
    }

    String words() {
      return words;
    }

    String icon() {
      return icon;
    }

    Tone tone() {
      return tone;
    }
  }

  /// @param words the expectation, for people
  /// @param detail as its suite names it, with its arguments
  record Change(Kind kind, String words, String detail) {}

  /// Two expectations of one type, column and condition are the same one, in their order.
  static SuiteChanges between(Optional<Suite> before, Suite now) {
    List<ExpectationConfig> left =
        new ArrayList<>(before.map(Suite::expectations).orElse(List.of()));
    List<Change> changes = new ArrayList<>();
    List<Change> added = new ArrayList<>();
    for (ExpectationConfig one : now.expectations()) {
      Optional<ExpectationConfig> same =
          left.stream().filter(e -> e.title().equals(one.title())).findFirst();
      if (same.isEmpty()) {
        added.add(change(Kind.ADDED, one));
        continue;
      }
      left.remove(same.get());
      if (!stripped(same.get()).equals(stripped(one))) {
        changes.add(change(Kind.CHANGED, one));
      }
    }
    changes.addAll(added);
    left.forEach(one -> changes.add(change(Kind.DROPPED, one)));
    return new SuiteChanges(changes);
  }

  /// Without its line, which other expectations move.
  private static ExpectationConfig stripped(ExpectationConfig one) {
    return new ExpectationConfig(
        one.type(), one.kwargs(), one.meta(), one.severity(), one.more(), 0);
  }

  private static Change change(Kind kind, ExpectationConfig one) {
    return new Change(
        kind, Asked.sentence(one), Asked.technical(one) + ", " + one.severity().jsonName());
  }

  long count(Kind kind) {
    return changes.stream().filter(c -> c.kind() == kind).count();
  }

  String summary() {
    if (changes.isEmpty()) {
      return "The expectations are as they were";
    }
    List<String> parts = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      if (count(kind) > 0) {
        parts.add(count(kind) + " " + kind.words().toLowerCase(java.util.Locale.ROOT));
      }
    }
    return String.join(", ", parts);
  }
}
