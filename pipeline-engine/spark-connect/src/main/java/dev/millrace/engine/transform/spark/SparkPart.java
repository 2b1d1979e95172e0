package dev.millrace.engine.transform.spark;

import dev.millrace.engine.lake.ClusterFiles;
import dev.millrace.engine.lake.FileFooters;
import dev.millrace.engine.settings.SparkSettings;
import dev.millrace.engine.transform.EnginePart;
import dev.millrace.engine.transform.SqlEngine;

/// What the program finds of this module: the door to {@link SparkEngine}.
public final class SparkPart implements EnginePart {

  @Override
  public SqlEngine open(SparkSettings settings, ClusterFiles files, FileFooters footers) {
    return new SparkEngine(new ConnectServer(settings), files, footers);
  }
}
