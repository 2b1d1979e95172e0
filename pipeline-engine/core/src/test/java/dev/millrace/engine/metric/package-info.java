@NullMarked
package dev.millrace.engine.metric;

import org.jspecify.annotations.NullMarked;
