package dev.millrace.views.desk;

/// Where the screen's objects may be touched; tests run it on the current thread.
@FunctionalInterface
public interface UiThread {

  /// Runs soon, in the order asked for. Any thread may call.
  void run(Runnable work);
}
