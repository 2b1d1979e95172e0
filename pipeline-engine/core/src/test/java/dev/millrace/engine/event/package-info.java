@NullMarked
package dev.millrace.engine.event;

import org.jspecify.annotations.NullMarked;
