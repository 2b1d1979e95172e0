@NullMarked
package dev.millrace.engine.lake.store.s3;

import org.jspecify.annotations.NullMarked;
