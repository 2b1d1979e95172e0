package dev.millrace.views.flow;

import dev.millrace.views.theme.Tone;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the diagram shows.
record FlowPicture(Map<Part, Node> nodes, List<Arrow> arrows) {

  static final FlowPicture EMPTY = new FlowPicture(Map.of(), List.of());

  FlowPicture {
    nodes = Map.copyOf(nodes);
    arrows = List.copyOf(arrows);
  }

  /// One part.
  ///
  /// @param headline a large figure; empty for none
  /// @param remark words beside or below the headline
  /// @param gauge share of the ring, 0 to 100; negative for none
  /// @param course values of the small chart, oldest first
  record Node(
      Tone tone,
      String headline,
      String remark,
      double gauge,
      List<Fact> facts,
      List<Share> shares,
      double[] course) {

    static Node of(Tone tone, List<Fact> facts, double[] course) {
      return new Node(tone, "", "", -1, facts, List.of(), course);
    }
  }

  /// A name with its figure.
  record Fact(String name, String value, Tone tone) {
    static Fact of(String name, String value) {
      return new Fact(name, value, Tone.MUTED);
    }
  }

  /// A named bar.
  ///
  /// @param share 0 to 1
  record Share(String name, double share, String value, Tone tone) {}

  /// Data on their way between two parts.
  ///
  /// @param rate events or rows per second while they flow, for the thickness
  /// @param label above the arrow
  /// @param remark below the label; empty for none
  /// @param moving whether something flows now
  /// @param lane which of the partitions' lanes; empty when there is but one
  record Arrow(
      Part from,
      Part to,
      double rate,
      String label,
      String remark,
      Tone tone,
      boolean moving,
      Optional<Integer> lane) {}
}
