/// Pictures and tables as files of the person's own.
@NullMarked
package dev.millrace.views.export;

import org.jspecify.annotations.NullMarked;
