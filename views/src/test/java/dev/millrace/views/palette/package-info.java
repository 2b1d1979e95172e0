@NullMarked
package dev.millrace.views.palette;

import org.jspecify.annotations.NullMarked;
