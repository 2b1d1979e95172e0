/// An engine with the services it runs on, opened for a command or for the window.
@NullMarked
package dev.millrace.app.session;

import org.jspecify.annotations.NullMarked;
