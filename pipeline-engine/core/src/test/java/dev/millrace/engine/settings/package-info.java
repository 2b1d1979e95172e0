/// Tests of the package.
@NullMarked
package dev.millrace.engine.settings;

import org.jspecify.annotations.NullMarked;
