package dev.millrace.views.flow;

import dev.millrace.engine.api.Command;
import dev.millrace.views.desk.Commands.Lead;
import dev.millrace.views.flow.FlowPicture.Fact;
import dev.millrace.views.theme.Tone;
import java.util.List;
import java.util.Optional;

/// What the panel of the chosen part shows.
///
/// @param chip state in a word
/// @param note beside the chip
/// @param columns heads of the small table; empty for none
/// @param rows cells of the small table
/// @param lead the way to the part's own room; empty when it has none
record PanelPicture(
    Part part,
    String chip,
    Tone tone,
    String note,
    List<Fact> facts,
    List<String> columns,
    List<List<String>> rows,
    List<Act> acts,
    Optional<Lead> lead) {

  PanelPicture {
    facts = List.copyOf(facts);
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    acts = List.copyOf(acts);
  }

  /// A command offered as a button.
  record Act(String label, String icon, boolean enabled, Command command) {}
}
