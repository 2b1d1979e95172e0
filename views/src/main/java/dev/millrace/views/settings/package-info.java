/// The settings in force, where each comes from, connections with a test, and the console's looks.
@NullMarked
package dev.millrace.views.settings;

import org.jspecify.annotations.NullMarked;
