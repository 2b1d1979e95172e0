package dev.millrace.app.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// CPU this process has used, in nanoseconds. Any thread may call.
final class CpuTimes {

  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final Path TASKS = Path.of("/proc/self/task");

  /// Ticks of `/proc`, which Linux shows to programs as hundredths of a second everywhere.
  private static final long NANOS_PER_TICK = 10_000_000;

  private static final int USER_TICKS = 11;

  private CpuTimes() {}

  static long ofProcess() {
    return SYSTEM.getProcessCpuTime();
  }

  static long ofThisThread() {
    return THREADS.getCurrentThreadCpuTime();
  }

  /// Of all Java threads that live.
  static long ofJavaThreads() {
    return ofJavaThreads("");
  }

  /// Of the Java threads that live and whose name begins so.
  static long ofJavaThreads(String prefix) {
    long sum = 0;
    for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
      if (thread != null && thread.getThreadName().startsWith(prefix)) {
        sum += Math.max(0, THREADS.getThreadCpuTime(thread.getThreadId()));
      }
    }
    return sum;
  }

  /// Of the JVM's own threads whose name begins so, where the system tells (Linux); else 0.
  static long ofJvmThreads(String... prefixes) {
    if (!Files.isDirectory(TASKS)) {
      return 0;
    }
    long ticks = 0;
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
      for (Path task : tasks) {
        ticks += ticks(task, prefixes);
      }
    } catch (IOException | DirectoryIteratorException _) {
      return 0;
    }
    return ticks * NANOS_PER_TICK;
  }

  /// The name stands in brackets and may hold blanks; what follows it is separated by blanks.
  private static long ticks(Path task, String... prefixes) {
    try {
      String line = Files.readString(task.resolve("stat"));
      int end = line.lastIndexOf(')');
      String name = line.substring(line.indexOf('(') + 1, end);
      for (String prefix : prefixes) {
        if (name.startsWith(prefix)) {
          String[] fields = line.substring(end + 2).split(" ", -1);
          return Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[USER_TICKS + 1]);
        }
      }
      return 0;
    } catch (IOException _) {
      // A thread that ended while we looked.
      return 0;
    }
  }
}
