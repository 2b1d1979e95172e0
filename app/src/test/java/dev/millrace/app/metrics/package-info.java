@NullMarked
package dev.millrace.app.metrics;

import org.jspecify.annotations.NullMarked;
