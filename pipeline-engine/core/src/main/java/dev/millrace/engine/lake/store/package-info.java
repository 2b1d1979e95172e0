/// Where the lake's files lie: a local folder or an object store.
@NullMarked
package dev.millrace.engine.lake.store;

import org.jspecify.annotations.NullMarked;
