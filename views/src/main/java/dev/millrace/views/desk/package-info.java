/// The border to the engine: snapshots come in once per pulse, commands go out on a thread of their
/// own.
@NullMarked
package dev.millrace.views.desk;

import org.jspecify.annotations.NullMarked;
