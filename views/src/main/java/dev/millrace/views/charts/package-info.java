/// Canvas charts whose colours are styleable by role.
@NullMarked
package dev.millrace.views.charts;

import org.jspecify.annotations.NullMarked;
