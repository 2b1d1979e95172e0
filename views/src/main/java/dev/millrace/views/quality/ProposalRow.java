package dev.millrace.views.quality;

import dev.millrace.engine.quality.profile.Profile.Proposal;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;

/// A proposed expectation, and whether a person takes it. FX thread only.
final class ProposalRow {

  private final Proposal proposal;
  private final boolean known;
  private final BooleanProperty accepted = new SimpleBooleanProperty();

  /// @param known whether the suite has one of its kind for the column already
  ProposalRow(Proposal proposal, boolean known) {
    this.proposal = proposal;
    this.known = known;
  }

  Proposal proposal() {
    return proposal;
  }

  boolean known() {
    return known;
  }

  BooleanProperty accepted() {
    return accepted;
  }

  String column() {
    Object column = proposal.expectation().kwargs().get("column");
    return column == null ? "" : column.toString();
  }
}
