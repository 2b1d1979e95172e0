package dev.millrace.views.overview;

import dev.millrace.engine.api.Command;
import dev.millrace.engine.api.EngineSnapshot.PipelineStatus;
import dev.millrace.engine.api.EngineSnapshot.StreamState;
import dev.millrace.engine.api.EngineSnapshot.StreamStatus;
import dev.millrace.engine.api.EngineSnapshot.TableStatus;
import dev.millrace.engine.live.LiveSnapshot;
import dev.millrace.engine.live.LiveSnapshot.AnomalyCount;
import dev.millrace.engine.live.LiveSnapshot.Latest;
import dev.millrace.engine.quality.QualityScore;
import dev.millrace.views.desk.Awaited;
import dev.millrace.views.desk.Moment;
import dev.millrace.views.heatmap.Silence;
import dev.millrace.views.text.Figures;
import dev.millrace.views.text.Names;
import dev.millrace.views.theme.Tone;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/// The five figures of the overview. Any thread may call.
final class Kpis {

  /// Events that take longer to be seen were held up, here or before they were sent.
  private static final double LATE_MILLIS = 5_000;

  /// So many seconds tell a rate.
  private static final int SECONDS_OF_RATE = 40;

  private static final int MINUTE_BEFORE = 60;

  private Kpis() {}

  static Kpi rate(Moment moment) {
    double[] course = live(moment).eventsPerSecond();
    Optional<StreamState> state = moment.stream().map(StreamStatus::state);
    if (state.isEmpty()) {
      return Kpi.NONE;
    }
    switch (state.get()) {
      case STARTING -> {
        return Kpi.unknown("stream is starting");
      }
      case STOPPED, STOPPING -> {
        return new Kpi("0", "/s", "stream stopped", Tone.WARNING, course, 0);
      }
      case FAILED -> {
        return new Kpi("0", "/s", "stream failed", Tone.BAD, course, 0);
      }
      case RUNNING -> {
        // Told below.
      }
    }
    double now = moment.stream().map(StreamStatus::eventsPerSecond).orElse(0.0);
    double before = usual(course, MINUTE_BEFORE);
    double after = usual(course, 0);
    String note = "over the last 2 min";
    Tone tone = Tone.MUTED;
    if (before > 0) {
      double change = (after - before) / before * 100;
      if (Math.abs(change) < 1) {
        note = "steady over 2 min";
      } else {
        note =
            change > 999
                ? "▲ " + Figures.count(Math.round(after / before)) + " times in 1 min"
                : String.format(
                    java.util.Locale.ENGLISH,
                    "%s %.0f %% in 1 min",
                    change > 0 ? "▲" : "▼",
                    Math.abs(change));
        tone = change > 0 ? Tone.GOOD : Tone.WARNING;
      }
    }
    return new Kpi(Figures.perSecond(now), "/s", note, tone, course, 0);
  }

  /// The mean of the middle third of some seconds, so that neither a burst, such as what waited in
  /// the topic, nor a short stop is taken for the rate. 0 where events began to come later.
  ///
  /// @param ago how many seconds ago they ended
  private static double usual(double[] course, int ago) {
    int to = course.length - ago;
    int from = to - SECONDS_OF_RATE;
    if (from < 0 || Arrays.stream(course, 0, from + 1).allMatch(events -> events == 0)) {
      return 0;
    }
    double[] sorted = Arrays.copyOfRange(course, from, to);
    Arrays.sort(sorted);
    int third = SECONDS_OF_RATE / 3;
    return Arrays.stream(sorted, third, sorted.length - third).average().orElse(0);
  }

  /// The needle shows seconds behind against two triggers: half is what waits between commits.
  static Kpi lag(Moment moment) {
    Optional<StreamStatus> stream = moment.stream();
    if (stream.isEmpty()) {
      return Kpi.NONE;
    }
    if (stream.get().partitions().isEmpty()) {
      return Kpi.unknown("topic not seen yet");
    }
    long lag = stream.get().lag();
    double rate = stream.get().eventsPerSecond();
    Duration trigger =
        moment
            .status()
            .flatMap(s -> s.definition().feed(stream.get().feed()))
            .map(f -> f.trigger())
            .orElse(Duration.ofSeconds(30));
    double triggerSeconds = Math.max(1, trigger.toMillis() / 1000.0);
    double behind = rate > 0 ? lag / rate : Math.min(2.0, lag / 1_000.0) * triggerSeconds;
    String note;
    Tone tone;
    if (stream.get().state() != StreamState.RUNNING) {
      note = lag > 0 ? "wait in the topic" : "none waits in the topic";
      tone = lag > 0 ? Tone.WARNING : Tone.MUTED;
    } else if (behind <= 1.5 * triggerSeconds) {
      double latency = live(moment).latencyP99Millis();
      note =
          latency > 0 ? "p99 latency " + millis(latency) : "commits every " + Figures.age(trigger);
      tone = latency > LATE_MILLIS ? Tone.WARNING : Tone.GOOD;
    } else {
      note = Figures.age(Duration.ofMillis((long) (behind * 1000))) + " behind the topic";
      tone = behind <= 3 * triggerSeconds ? Tone.WARNING : Tone.BAD;
    }
    return new Kpi(
        Figures.compact(lag),
        "",
        note,
        tone,
        new double[0],
        Math.min(100, behind / (2 * triggerSeconds) * 100),
        (rate > 0 ? "At the present rate " + words(behind) + " behind the topic. " : "")
            + "The needle's middle is "
            + Figures.age(trigger)
            + " behind, the time from commit to commit.");
  }

  private static String words(double seconds) {
    return seconds < 1
        ? "less than a second"
        : Figures.age(Duration.ofMillis((long) (seconds * 1000)));
  }

  private static String millis(double millis) {
    return Figures.span(Duration.ofMillis(Math.round(millis)));
  }

  /// Of the day before the newest event of a snapshot.
  static Kpi anomalies(LiveSnapshot snapshot) {
    if (snapshot.latest().isEmpty()) {
      return Kpi.unknown("no reading yet");
    }
    double[] hours = new double[24];
    long range = 0;
    long far = 0;
    for (AnomalyCount count : snapshot.anomalyCounts()) {
      for (int hour = 0; hour < hours.length; hour++) {
        hours[hour] += count.perHour()[hour];
      }
      if (count.reason().contains("RANGE")) {
        range += count.total();
      } else {
        far += count.total();
      }
    }
    long all = range + far;
    return new Kpi(
        Figures.count(all),
        "",
        all == 0
            ? "none in 24 h"
            : range > 0 ? Figures.count(range) + " out of range" : "all by z-score",
        range > 0 ? Tone.BAD : far > 0 ? Tone.WARNING : Tone.GOOD,
        hours,
        0);
  }

  static Kpi quality(Moment moment) {
    int passed = 0;
    int total = 0;
    for (TableStatus table :
        moment.status().map(PipelineStatus::tables).orElse(java.util.List.of())) {
      Optional<QualityScore> score = table.quality();
      passed += score.map(QualityScore::passed).orElse(0);
      total += score.map(QualityScore::total).orElse(0);
    }
    if (total == 0) {
      return Awaited.checks(moment)
          .map(Kpi::awaited)
          .orElseGet(() -> Kpi.unknown("not checked yet"));
    }
    double percent = passed * 100.0 / total;
    int failing = total - passed;
    Tone tone = failing == 0 ? Tone.GOOD : percent >= 90 ? Tone.WARNING : Tone.BAD;
    String value = Figures.percent(percent);
    return new Kpi(
        value.substring(0, value.length() - 2),
        "%",
        failing == 0
            ? "all " + total + " checks pass"
            : failing + " of " + total + " checks failing",
        tone,
        new double[0],
        percent);
  }

  /// While the stream is far behind, who is silent cannot be told: what they said may wait in the
  /// topic.
  static Kpi online(Moment moment, LiveSnapshot live) {
    if (live.latest().isEmpty()) {
      return Kpi.unknown("none heard yet");
    }
    int all = live.latest().size();
    int silent = 0;
    for (Latest latest : live.latest()) {
      if (Silence.of(latest, live)) {
        silent++;
      }
    }
    double percent = (all - silent) * 100.0 / all;
    if (silent > 0 && catchesUp(moment)) {
      return new Kpi(
          Figures.count(all - silent),
          "/ " + Figures.count(all),
          "catching up",
          Tone.ACCENT,
          new double[0],
          percent,
          "The stream is behind the topic: what the others said may wait there.");
    }
    long stuck = live.conditions().stream().filter(c -> c.stuckFor() > 0).count();
    String words = silent == 0 ? "none silent" : silent + " silent > 5 min";
    return new Kpi(
        Figures.count(all - silent),
        "/ " + Figures.count(all),
        stuck == 0 ? words : (silent == 0 ? "" : silent + " silent, ") + stuck + " stuck",
        silent + stuck == 0 ? Tone.GOOD : percent >= 90 ? Tone.WARNING : Tone.BAD,
        new double[0],
        percent);
  }

  /// Whether events wait in the topic while the newest that was read is long past.
  static boolean catchesUp(Moment moment) {
    boolean asked =
        moment.engine().work().stream().anyMatch(work -> work.command() instanceof Command.CatchUp);
    return asked || farBehind(moment);
  }

  private static boolean farBehind(Moment moment) {
    return moment.stream().filter(s -> s.state() == StreamState.RUNNING && s.lag() > 0).isPresent()
        && live(moment)
            .newest()
            .filter(newest -> moment.since(newest).compareTo(Silence.LONGEST) > 0)
            .isPresent();
  }

  /// What the feed calls those who send, in the plural: `sensors`.
  static String entities(Moment moment) {
    return Figures.plural(entity(moment));
  }

  static String entity(Moment moment) {
    return moment
        .status()
        .flatMap(s -> s.definition().feeds().stream().findFirst())
        .flatMap(f -> f.roles().entity())
        .map(column -> column.replaceFirst("_?(id|name|key)$", ""))
        .filter(name -> !name.isBlank())
        .map(name -> Names.spoken(name).toLowerCase(java.util.Locale.ENGLISH))
        .orElse("entity");
  }

  static LiveSnapshot live(Moment moment) {
    return moment.status().map(PipelineStatus::live).orElse(LiveSnapshot.EMPTY);
  }
}
