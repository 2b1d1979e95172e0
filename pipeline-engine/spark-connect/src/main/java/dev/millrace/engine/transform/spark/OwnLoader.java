package dev.millrace.engine.transform.spark;

import java.util.function.Supplier;

/// Runs work with this module's class loader as the thread's own: Spark looks its classes up there,
/// and nobody else's thread would find them.
final class OwnLoader {

  private OwnLoader() {}

  static <T> T within(Supplier<T> work) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(OwnLoader.class.getClassLoader());
    try {
      return work.get();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
