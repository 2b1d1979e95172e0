package dev.millrace.views.lake;

/// A figure about a table, with its name and what stands behind it.
public record Fact(String name, String value, String remark) {}
