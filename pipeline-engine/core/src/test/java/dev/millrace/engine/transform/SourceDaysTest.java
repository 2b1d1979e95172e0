package dev.millrace.engine.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.lake.ColumnStatistics;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SourceDaysTest {

  private static final Column TIME = Column.optional("event_time", ColumnType.TIMESTAMP);
  private static final long DAY = 86_400_000_000L;

  @Test
  void daysAreTakenTogetherWhileTheirRowsFit() {
    List<LakeFile> files = List.of(file(0, 1, 100), file(1, 2, 100), file(2, 3, 100));

    assertThat(taken(files, 250))
        .containsExactly(
            new TimeSpan(TimeSpan.BEGINNING, 2 * DAY), new TimeSpan(2 * DAY, TimeSpan.END));
    assertThat(taken(files, 1)).as("never less than a day").hasSize(3);
    assertThat(taken(files, 300)).containsExactly(new TimeSpan(TimeSpan.BEGINNING, TimeSpan.END));
  }

  @Test
  void oneReadingOfAnotherMillenniumMakesNoMillionsOfDays() {
    assertThat(taken(List.of(file(0, 1, 100), file(1, 2, 100), file(1_000_000, 1_000_001, 1)), 50))
        .hasSize(3);
  }

  @Test
  void rowsOfNoTimeBelongToTheBeginning() {
    LakeFile timeless =
        file(
            "timeless",
            Optional.of(new ColumnStatistics(Optional.empty(), Optional.empty(), 5)),
            5);
    SourceDays days =
        SourceDays.of(List.of(timeless, file(0, 1, 100), file(1, 2, 100)), TIME).orElseThrow();

    TimeSpan first = days.take(1);
    TimeSpan second = days.take(1);

    assertThat(days.files(first)).contains(timeless);
    assertThat(days.files(second)).doesNotContain(timeless);
    assertThat(SourceDays.within(first, "t")).contains("t IS NULL");
    assertThat(SourceDays.within(second, "t")).doesNotContain("NULL");
    assertThat(days.left()).isFalse();
  }

  @Test
  void aFileThatDoesNotTellItsTimesMakesNoDays() {
    assertThat(SourceDays.of(List.of(file("silent", Optional.empty(), 5)), TIME)).isEmpty();
  }

  private static List<TimeSpan> taken(List<LakeFile> files, long most) {
    SourceDays days = SourceDays.of(files, TIME).orElseThrow();
    List<TimeSpan> spans = new ArrayList<>();
    while (days.left()) {
      spans.add(days.take(most));
    }
    return spans;
  }

  private static LakeFile file(long fromDay, long toDay, long rows) {
    return file(
        "from-" + fromDay,
        Optional.of(
            new ColumnStatistics(Optional.of(fromDay * DAY), Optional.of(toDay * DAY - 1), 0)),
        rows);
  }

  private static LakeFile file(String name, Optional<ColumnStatistics> times, long rows) {
    return new LakeFile(
        Path.of(name),
        rows,
        1,
        Optional.empty(),
        times.map(told -> Map.of(TIME.name(), told)).orElse(Map.of()));
  }
}
