/// Anomalies: what was out of line, when and where.
@NullMarked
package dev.millrace.views.anomalies;

import org.jspecify.annotations.NullMarked;
