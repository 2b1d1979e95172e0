/// Tests of the package.
@NullMarked
package dev.millrace.engine.care;

import org.jspecify.annotations.NullMarked;
