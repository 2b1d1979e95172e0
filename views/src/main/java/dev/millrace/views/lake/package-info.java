/// The lake: its tables, their versions and files, their care, and SQL over them.
@NullMarked
package dev.millrace.views.lake;

import org.jspecify.annotations.NullMarked;
