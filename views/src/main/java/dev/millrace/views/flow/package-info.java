/// Pipeline: the flow drawn live, with the controls of each of its parts.
@NullMarked
package dev.millrace.views.flow;

import org.jspecify.annotations.NullMarked;
