/// Where the lake's files lie: a local folder.
@NullMarked
package dev.millrace.engine.lake.store;

import org.jspecify.annotations.NullMarked;
