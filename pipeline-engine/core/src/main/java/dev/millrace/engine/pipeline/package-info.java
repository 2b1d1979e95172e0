/// The pipeline definition: records, the YAML reader, validation with file and line.
@NullMarked
package dev.millrace.engine.pipeline;

import org.jspecify.annotations.NullMarked;
