package dev.millrace.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PartsTest {

  private final Heard heard = new Heard();

  @Test
  void wordsAndCountsAreOfThePartTheShareIsOfAll() {
    Parts parts = new Parts(heard, 4);
    parts.begin(1, "2 of 4, silver");
    parts.report("reading", 30, 60);
    assertThat(heard.what).containsExactly("2 of 4, silver 0/0", "2 of 4, silver: reading 30/60");
    assertThat(heard.whole).containsExactly(0.25, 0.375);
  }

  @Test
  void theShareNeverGoesBack() {
    Parts parts = new Parts(heard, 2);
    parts.begin(0, "first");
    parts.report("reading", 9, 10);
    parts.report("again", 1, 10);
    parts.report("of unknown length", 700, 0);
    parts.report("more than there was", 12, 10);
    parts.begin(1, "second");
    parts.report("reading", 1, 10);
    assertThat(heard.whole).isSorted().hasSize(7).endsWith(0.5, 0.5, 0.55);
  }

  @Test
  void aPartMayItselfBeOfParts() {
    Parts steps = new Parts(heard, 2);
    steps.begin(1, "load");
    Parts tables = new Parts(steps, 5);
    tables.begin(2, "");
    tables.report("fact_readings", 500, 1_000);
    assertThat(heard.what).last().isEqualTo("load: fact_readings 500/1000");
    assertThat(heard.whole.getLast()).isCloseTo(0.75, within(1e-9));
  }

  @Test
  void whatThePlaceNamesIsNotSaidTwice() {
    Parts parts = new Parts(heard, 1);
    parts.begin(0, "check silver.readings");
    parts.report("check silver.readings", 3, 8);
    assertThat(heard.what).last().isEqualTo("check silver.readings 3/8");
    parts.begin(0, "3 of 10, transform silver.readings");
    parts.report("silver.readings: writing", 1, 8);
    assertThat(heard.what).last().isEqualTo("3 of 10, transform silver.readings: writing 1/8");
  }

  @Test
  void theWishToStopReachesTheParts() {
    Parts parts = new Parts(heard, 1);
    assertThat(parts.cancelled()).isFalse();
    heard.cancelled = true;
    assertThat(parts.cancelled()).isTrue();
  }

  private static final class Heard implements Progress {

    private final List<String> what = new ArrayList<>();
    private final List<Double> whole = new ArrayList<>();
    private boolean cancelled;

    @Override
    public void report(String words, long done, long total) {
      throw new AssertionError("A part was told as the whole: " + words);
    }

    @Override
    public void report(String words, long done, long total, double share) {
      what.add(words + " " + done + "/" + total);
      whole.add(share);
    }

    @Override
    public boolean cancelled() {
      return cancelled;
    }
  }
}
