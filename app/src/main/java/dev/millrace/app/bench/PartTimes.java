package dev.millrace.app.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// CPU by part of the work, in nanoseconds, added up by the threads that do it.
final class PartTimes {

  private static final double SECOND = 1e9;

  private final Map<String, LongAdder> parts = new ConcurrentHashMap<>();

  void add(String part, long nanos) {
    parts.computeIfAbsent(part, _ -> new LongAdder()).add(nanos);
  }

  long of(String part) {
    LongAdder adder = parts.get(part);
    return adder == null ? 0 : adder.sum();
  }

  /// The parts in seconds, in this order, then what of the process is left: the JVM's compiler, its
  /// collector, other Java threads, and the rest.
  Map<String, Double> seconds(long process, long javaThreads, String... order) {
    Map<String, Double> seconds = new LinkedHashMap<>();
    long told = 0;
    for (String part : order) {
      told += of(part);
      seconds.put(part, of(part) / SECOND);
    }
    long compiler = CpuTimes.ofJvmThreads("C1 Compiler", "C2 Compiler");
    long collector = CpuTimes.ofJvmThreads("GC Thread", "G1 ");
    seconds.put("jit compiler", compiler / SECOND);
    seconds.put("garbage collector", collector / SECOND);
    seconds.put("other java threads", Math.max(0, javaThreads - told) / SECOND);
    long rest = process - compiler - collector - Math.max(told, javaThreads);
    seconds.put("rest of the jvm", Math.max(0, rest) / SECOND);
    return seconds;
  }
}
