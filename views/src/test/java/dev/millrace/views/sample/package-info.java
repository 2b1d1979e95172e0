/// A made-up building and an engine that tells about it: rich, deterministic, without services.
@NullMarked
package dev.millrace.views.sample;

import org.jspecify.annotations.NullMarked;
