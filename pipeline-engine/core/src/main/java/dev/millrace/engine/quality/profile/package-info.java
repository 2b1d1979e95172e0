/// From data to a proposed suite, with the evidence for each expectation.
@NullMarked
package dev.millrace.engine.quality.profile;

import org.jspecify.annotations.NullMarked;
