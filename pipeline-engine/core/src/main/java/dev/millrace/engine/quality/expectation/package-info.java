/// Families of expectations: what each argument means, and the SQL that judges it.
@NullMarked
package dev.millrace.engine.quality.expectation;

import org.jspecify.annotations.NullMarked;
