@NullMarked
package dev.millrace.engine.assembly;

import org.jspecify.annotations.NullMarked;
