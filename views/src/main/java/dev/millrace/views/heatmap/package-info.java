/// Heatmap: places by what is measured there, now and back in time.
@NullMarked
package dev.millrace.views.heatmap;

import org.jspecify.annotations.NullMarked;
