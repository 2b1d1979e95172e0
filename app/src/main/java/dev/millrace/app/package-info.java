/// The program: main, the command line, and the wiring of engine, simulator and views.
@NullMarked
package dev.millrace.app;

import org.jspecify.annotations.NullMarked;
