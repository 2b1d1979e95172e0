@NullMarked
package dev.millrace.views.runs;

import org.jspecify.annotations.NullMarked;
