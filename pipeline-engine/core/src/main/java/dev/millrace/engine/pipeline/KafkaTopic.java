package dev.millrace.engine.pipeline;

/// Topic of a feed.
///
/// @param key column whose value keys the events, so that one entity stays in one partition
public record KafkaTopic(String topic, int partitions, String key) {}
