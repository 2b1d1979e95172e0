@NullMarked
package dev.millrace.jpackage;

import org.jspecify.annotations.NullMarked;
