/// The operations console: one window, its rooms, and pictures of them.
@NullMarked
package dev.millrace.views;

import org.jspecify.annotations.NullMarked;
