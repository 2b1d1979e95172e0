package dev.millrace.views.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.views.desk.Toast;
import dev.millrace.views.shell.ToastShelf.Card;
import dev.millrace.views.theme.Tone;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToastShelfTest {

  private Instant now = Instant.parse("2026-03-20T14:14:09Z");
  private final ToastShelf shelf = new ToastShelf(() -> now);

  @Test
  void theGraverTheLongerItStays() {
    add(Tone.BAD, "failed");
    add(Tone.WARNING, "held");
    add(Tone.GOOD, "loaded");
    assertThat(after(5)).containsExactly("failed", "held", "loaded");
    assertThat(after(1)).containsExactly("failed", "held");
    assertThat(after(6)).containsExactly("failed");
    assertThat(after(47)).containsExactly("failed");
    assertThat(after(1)).isEmpty();
  }

  @Test
  void theOldestFallsAwayForTheFourth() {
    add(Tone.BAD, "one");
    add(Tone.GOOD, "two");
    add(Tone.GOOD, "three");
    add(Tone.GOOD, "four");
    assertThat(titles()).containsExactly("two", "three", "four");
  }

  @Test
  void whoReadsItHoldsIt() {
    add(Tone.GOOD, "read");
    add(Tone.GOOD, "unread");
    Card read = shelf.cards().getFirst();
    shelf.hold(read);
    assertThat(after(300)).containsExactly("read");
    shelf.letGo(read);
    assertThat(after(2)).containsExactly("read");
    assertThat(after(1)).isEmpty();
  }

  @Test
  void aShortLookTakesNothingFromItsTime() {
    add(Tone.WARNING, "held");
    Card card = shelf.cards().getFirst();
    shelf.hold(card);
    shelf.letGo(card);
    assertThat(after(11)).containsExactly("held");
    assertThat(after(1)).isEmpty();
  }

  @Test
  void theNewestIsPutAwayFirst() {
    add(Tone.GOOD, "same");
    add(Tone.GOOD, "same");
    shelf.dismiss(shelf.cards().getFirst());
    assertThat(titles()).containsExactly("same");
    assertThat(shelf.dismissNewest()).isTrue();
    assertThat(shelf.dismissNewest()).isFalse();
  }

  private void add(Tone tone, String title) {
    shelf.add(new Toast(tone, title, "", ""));
  }

  private List<String> after(int seconds) {
    now = now.plusSeconds(seconds);
    shelf.tick();
    return titles();
  }

  private List<String> titles() {
    return shelf.cards().stream().map(card -> card.toast().title()).toList();
  }
}
