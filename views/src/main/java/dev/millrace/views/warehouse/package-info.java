/// The warehouse: who answers there, what loads did and would do, how it stands against the lake,
/// and SQL over it.
@NullMarked
package dev.millrace.views.warehouse;

import org.jspecify.annotations.NullMarked;
