package dev.millrace.engine.transform;

import dev.millrace.engine.lake.ClusterFiles;
import dev.millrace.engine.lake.FileFooters;
import dev.millrace.engine.settings.SparkSettings;

/// A SQL engine that is no part of the ordinary start: it is found with a ServiceLoader, in a class
/// loader of its own, once a pipeline or a home asks for it.
public interface EnginePart {

  /// The engine; it connects when its first session is opened.
  ///
  /// @param files the lake as the cluster reaches it
  SqlEngine open(SparkSettings settings, ClusterFiles files, FileFooters footers);
}
