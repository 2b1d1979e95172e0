package dev.millrace.views.flow;

import dev.millrace.views.shell.DialogService;
import dev.millrace.views.text.Clock;

/// Binds the pipeline room to its view model.
public final class FlowController {
  public FlowController(FlowViewModel model, Clock clock, DialogService dialogs, boolean animated) {}
}
