package dev.millrace.views.desk;

/// Takes work off the screen's thread; tests run it on the current thread.
public interface TaskExecutor extends AutoCloseable {

  /// Runs after all that was handed in before. Any thread may call.
  void execute(Runnable work);

  /// Lets what was handed in end, and takes nothing more.
  @Override
  void close();
}
