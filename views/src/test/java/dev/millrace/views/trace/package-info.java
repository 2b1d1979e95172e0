@NullMarked
package dev.millrace.views.trace;

import org.jspecify.annotations.NullMarked;
