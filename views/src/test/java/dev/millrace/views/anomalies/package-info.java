@NullMarked
package dev.millrace.views.anomalies;

import org.jspecify.annotations.NullMarked;
