/// The border to the engine: snapshots come in once per pulse, commands go out off the screen's thread.
@NullMarked
package dev.millrace.views.desk;

import org.jspecify.annotations.NullMarked;
