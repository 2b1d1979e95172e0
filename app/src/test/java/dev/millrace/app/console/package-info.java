@NullMarked
package dev.millrace.app.console;

import org.jspecify.annotations.NullMarked;
