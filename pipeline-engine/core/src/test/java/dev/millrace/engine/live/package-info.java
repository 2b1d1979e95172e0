@NullMarked
package dev.millrace.engine.live;

import org.jspecify.annotations.NullMarked;
