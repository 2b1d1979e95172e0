package dev.millrace.views.flow;

import dev.millrace.views.desk.CommandDesk;
import dev.millrace.views.desk.Moment;
import dev.millrace.views.desk.RoomModel;
import dev.millrace.views.text.Clock;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ObservableValue;

/// Decides what the pipeline room shows.
public final class FlowViewModel implements RoomModel {
  private final ReadOnlyStringWrapper subtitle = new ReadOnlyStringWrapper("");

  public FlowViewModel(CommandDesk desk, Clock clock, String flow) {}

  @Override
  public void show(Moment moment) {}

  @Override
  public ObservableValue<String> subtitle() {
    return subtitle.getReadOnlyProperty();
  }
}
