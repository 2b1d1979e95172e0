/// Planning what is new and running SQL through the SqlEngine port.
@NullMarked
package dev.millrace.engine.transform;

import org.jspecify.annotations.NullMarked;
