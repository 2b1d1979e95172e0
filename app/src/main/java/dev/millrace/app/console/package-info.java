/// The window: the console on an engine and a simulator, and its pictures.
@NullMarked
package dev.millrace.app.console;

import org.jspecify.annotations.NullMarked;
