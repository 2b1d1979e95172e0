/// What is kept of a fault that nobody caught: a file in the home, and a clear word to the person.
@NullMarked
package dev.millrace.app.crash;

import org.jspecify.annotations.NullMarked;
