package dev.millrace.views.desk;

import javafx.application.Platform;

/// The FX application thread: the one place of the console that hands work to it.
public final class FxThread implements UiThread {

  @Override
  public void run(Runnable work) {
    Platform.runLater(work);
  }
}
