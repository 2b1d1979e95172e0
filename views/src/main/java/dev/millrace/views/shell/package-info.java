/// The frame around every room: rail, top bar, notices, status bar, toasts.
@NullMarked
package dev.millrace.views.shell;

import org.jspecify.annotations.NullMarked;
