/// The command palette: everything a person can go to or do, by a few letters of its name.
@NullMarked
package dev.millrace.views.palette;

import org.jspecify.annotations.NullMarked;
