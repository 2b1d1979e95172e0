package dev.millrace.engine.pipeline;

/// A Great Expectations suite as its author wrote it.
///
/// @param file path within the pipeline's folder, for messages
public record SuiteSource(String file, String json) {}
