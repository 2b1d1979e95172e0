/// Quality: suites and their verdicts, history, rows in quarantine, profiles, reports.
@NullMarked
package dev.millrace.views.quality;

import org.jspecify.annotations.NullMarked;
