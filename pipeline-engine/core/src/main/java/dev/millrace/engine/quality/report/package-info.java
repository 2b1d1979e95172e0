/// Quality reports: of a table, a flow run or a day, as data and as JSON, CSV and HTML.
@NullMarked
package dev.millrace.engine.quality.report;

import org.jspecify.annotations.NullMarked;
