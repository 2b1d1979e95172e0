/// The control database: migrations and repositories.
@NullMarked
package dev.millrace.engine.control;

import org.jspecify.annotations.NullMarked;
