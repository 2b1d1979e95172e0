/// Definition files in YAML, read so that every fault is told with file, line and remedy.
@NullMarked
package dev.millrace.engine.pipeline.yaml;

import org.jspecify.annotations.NullMarked;
