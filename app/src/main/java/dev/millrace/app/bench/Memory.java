package dev.millrace.app.bench;

import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.GcInfo;
import dev.millrace.app.metrics.ResidentMemory;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Set;
import java.util.stream.Collectors;

/// Memory of this process, in mebibytes. Any thread may call.
final class Memory {

  private static final double MIB = 1 << 20;

  private Memory() {}

  /// Resident memory where the system tells (Linux); else 0, which no process has.
  static double resident() {
    double bytes = ResidentMemory.OF_THIS_PROCESS.bytes();
    return Double.isNaN(bytes) ? 0 : bytes / MIB;
  }

  /// Heap in use right after the newest collection; 0 before the first.
  static double heapAfterCollection() {
    Set<String> heap =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getName)
            .collect(Collectors.toSet());
    GcInfo newest = null;
    for (var bean : ManagementFactory.getPlatformMXBeans(GarbageCollectorMXBean.class)) {
      GcInfo last = bean.getLastGcInfo();
      if (last != null && (newest == null || last.getEndTime() > newest.getEndTime())) {
        newest = last;
      }
    }
    return newest == null
        ? 0
        : newest.getMemoryUsageAfterGc().entrySet().stream()
                .filter(pool -> heap.contains(pool.getKey()))
                .mapToLong(pool -> pool.getValue().getUsed())
                .sum()
            / MIB;
  }
}
