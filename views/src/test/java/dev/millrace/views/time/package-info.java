@NullMarked
package dev.millrace.views.time;

import org.jspecify.annotations.NullMarked;
