/// Where the program's log goes.
@NullMarked
package dev.millrace.app.log;

import org.jspecify.annotations.NullMarked;
