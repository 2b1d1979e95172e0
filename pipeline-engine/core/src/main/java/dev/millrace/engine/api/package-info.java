/// Commands, outcomes and the immutable snapshot: all that a console or a command line needs.
@NullMarked
package dev.millrace.engine.api;

import org.jspecify.annotations.NullMarked;
