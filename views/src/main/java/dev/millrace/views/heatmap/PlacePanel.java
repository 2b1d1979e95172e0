package dev.millrace.views.heatmap;

import dev.millrace.engine.live.LiveSnapshot.Anomaly;
import dev.millrace.views.theme.Tone;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What is told of the chosen place.
///
/// @param place empty when none is chosen
/// @param alarm how grave it is, in words; empty when all is well
/// @param value mean of the kind on show, with its unit
/// @param change how far that is from what is usual; empty where nothing tells
/// @param usual what is usual; empty where nothing tells
/// @param count how many sensors, and how many are silent
/// @param sensors all that measures there, those of the kind on show first
/// @param anomaly the last one there
record PlacePanel(
    String place,
    String title,
    String alarm,
    Tone tone,
    String value,
    String change,
    Tone changeTone,
    String usual,
    String count,
    List<Sensor> sensors,
    Optional<Anomaly> anomaly) {

  static final PlacePanel NONE =
      new PlacePanel(
          "", "", "", Tone.MUTED, "", "", Tone.MUTED, "", "", List.of(), Optional.empty());

  /// @param note kind, and its age where it is silent
  /// @param course its last hour, oldest first; read only
  /// @param time of its latest reading
  record Sensor(
      String entity,
      String kind,
      String note,
      double[] course,
      String value,
      Tone tone,
      Instant time) {

    boolean reads(Sensor other) {
      return entity.equals(other.entity)
          && note.equals(other.note)
          && value.equals(other.value)
          && tone == other.tone
          && java.util.Arrays.equals(course, other.course);
    }
  }
}
