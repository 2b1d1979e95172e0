package dev.millrace.engine.transform.spark;

import dev.millrace.engine.lake.FileFooters;
import dev.millrace.engine.transform.EnginePart;
import dev.millrace.engine.transform.SparkSetting;
import dev.millrace.engine.transform.SqlEngine;
import java.nio.file.Path;

/// What the program finds of this module: the door to {@link SparkEngine}.
public final class SparkPart implements EnginePart {

  @Override
  public SqlEngine open(SparkSetting setting, Path root, Path scratch, FileFooters footers) {
    return new SparkEngine(
        new ConnectServer(setting), new ClusterPaths(root, setting.home()), scratch, footers);
  }
}
