/// The one package that sees every adapter and wires them.
@NullMarked
package dev.millrace.engine.assembly;

import org.jspecify.annotations.NullMarked;
