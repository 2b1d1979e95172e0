/// Trends: the courses of chosen sensors.
@NullMarked
package dev.millrace.views.trends;

import org.jspecify.annotations.NullMarked;
