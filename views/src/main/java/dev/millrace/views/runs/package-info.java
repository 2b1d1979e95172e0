/// The runs of the pipeline's flows: grid, course of one run, its log, and the list of all.
@NullMarked
package dev.millrace.views.runs;

import org.jspecify.annotations.NullMarked;
