/// Codes, causes and remedies: every failure a person reads is made here.
@NullMarked
package dev.millrace.engine.error;

import org.jspecify.annotations.NullMarked;
