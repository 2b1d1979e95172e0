@NullMarked
package dev.millrace.views.heatmap;

import org.jspecify.annotations.NullMarked;
