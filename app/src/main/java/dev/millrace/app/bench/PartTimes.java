package dev.millrace.app.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// CPU by part of the work, in nanoseconds, added up by the threads that do it, beside that of the
/// whole process since a moment.
final class PartTimes {

  private static final double SECOND = 1e9;

  private final Map<String, LongAdder> parts = new ConcurrentHashMap<>();
  private final Jvm before;

  private PartTimes(Jvm before) {
    this.before = before;
  }

  /// What the process and the JVM's own threads have used.
  private record Jvm(long process, long javaThreads, long compiler, long collector) {

    static Jvm now() {
      return new Jvm(
          CpuTimes.ofProcess(),
          CpuTimes.ofJavaThreads(),
          CpuTimes.ofJvmThreads("C1 Compiler", "C2 Compiler"),
          CpuTimes.ofJvmThreads("GC Thread", "G1 "));
    }

    Jvm since(Jvm earlier) {
      return new Jvm(
          process - earlier.process,
          javaThreads - earlier.javaThreads,
          compiler - earlier.compiler,
          collector - earlier.collector);
    }
  }

  /// Counts from the start of the process.
  static PartTimes sinceStart() {
    return new PartTimes(new Jvm(0, 0, 0, 0));
  }

  /// Counts from now on; what was prepared before is left out.
  static PartTimes fromNow() {
    return new PartTimes(Jvm.now());
  }

  void add(String part, long nanos) {
    parts.computeIfAbsent(part, _ -> new LongAdder()).add(nanos);
  }

  long of(String part) {
    LongAdder adder = parts.get(part);
    return adder == null ? 0 : adder.sum();
  }

  /// The measure as of now: these parts in this order, then what of the process is left, which is
  /// the JVM's compiler, its collector, other Java threads, and the rest.
  Sample sample(Measure measure, long events, double wallSeconds, String... order) {
    Jvm used = Jvm.now().since(before);
    Map<String, Double> seconds = new LinkedHashMap<>();
    long told = 0;
    for (String part : order) {
      told += of(part);
      seconds.put(part, of(part) / SECOND);
    }
    long java = Math.max(told, used.javaThreads());
    seconds.put("jit compiler", used.compiler() / SECOND);
    seconds.put("garbage collector", used.collector() / SECOND);
    seconds.put("other java threads", (java - told) / SECOND);
    long rest = used.process() - used.compiler() - used.collector() - java;
    seconds.put("rest of the jvm", Math.max(0, rest) / SECOND);
    return new Sample(measure, events, wallSeconds, used.process() / SECOND, seconds);
  }
}
