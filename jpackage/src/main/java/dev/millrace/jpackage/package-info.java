/// Builds what a person installs: a program image with a runtime of its own, and the installer of
/// this system.
@NullMarked
package dev.millrace.jpackage;

import org.jspecify.annotations.NullMarked;
