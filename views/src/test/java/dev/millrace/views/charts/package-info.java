@NullMarked
package dev.millrace.views.charts;

import org.jspecify.annotations.NullMarked;
