package dev.millrace.app.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Resident memory of this process in bytes, from `/proc` (Linux); elsewhere it is not a number.
public enum ResidentMemory {
  OF_THIS_PROCESS;

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String LINE = "VmRSS:";

  public double bytes() {
    if (!Files.isReadable(STATUS)) {
      return Double.NaN;
    }
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith(LINE)) {
          return 1024.0 * Long.parseLong(line.replaceAll("\\D", ""));
        }
      }
      return Double.NaN;
    } catch (IOException _) {
      return Double.NaN;
    }
  }
}
