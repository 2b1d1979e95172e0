/// The command line: one class per command, results to stdout, progress and logs to stderr.
@NullMarked
package dev.millrace.app.cli;

import org.jspecify.annotations.NullMarked;
