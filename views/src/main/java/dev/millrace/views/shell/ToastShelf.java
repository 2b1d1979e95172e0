package dev.millrace.views.shell;

import dev.millrace.views.desk.Toast;
import dev.millrace.views.theme.Tone;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// Which toasts stand in the tray, and for how long: what is well goes soon, a warning later, a
/// failure last. FX thread only.
final class ToastShelf {

  /// More at once would lie over a room's work; the oldest falls away.
  static final int MOST = 3;

  /// What a toast is shown for at least once nobody holds it any more.
  static final Duration AFTER_HOLD = Duration.ofSeconds(3);

  private final InstantSource clock;
  private final ObservableList<Card> cards = FXCollections.observableArrayList();

  /// Kept, as it hears of changes only while it is.
  private final ObservableList<Card> shown = FXCollections.unmodifiableObservableList(cards);

  /// A toast in the tray; two may say the same.
  static final class Card {

    private final Toast toast;
    private Instant until;
    private boolean held;

    private Card(Toast toast, Instant until) {
      this.toast = toast;
      this.until = until;
    }

    Toast toast() {
      return toast;
    }
  }

  ToastShelf(InstantSource clock) {
    this.clock = clock;
  }

  void add(Toast toast) {
    while (cards.size() >= MOST) {
      cards.removeFirst();
    }
    cards.add(new Card(toast, clock.instant().plus(time(toast.tone()))));
  }

  private static Duration time(Tone tone) {
    return switch (tone) {
      case GOOD, ACCENT, MUTED -> Duration.ofSeconds(6);
      case WARNING -> Duration.ofSeconds(12);
      case BAD -> Duration.ofSeconds(60);
    };
  }

  /// Someone reads it: it stays until {@link #letGo}.
  void hold(Card card) {
    card.held = true;
  }

  void letGo(Card card) {
    card.held = false;
    Instant least = clock.instant().plus(AFTER_HOLD);
    if (card.until.isBefore(least)) {
      card.until = least;
    }
  }

  void dismiss(Card card) {
    cards.remove(card);
  }

  /// @return whether there was one
  boolean dismissNewest() {
    if (cards.isEmpty()) {
      return false;
    }
    cards.removeLast();
    return true;
  }

  /// Lets those go whose time is over.
  void tick() {
    Instant now = clock.instant();
    cards.removeIf(card -> !card.held && !card.until.isAfter(now));
  }

  /// The oldest first.
  ObservableList<Card> cards() {
    return shown;
  }
}
