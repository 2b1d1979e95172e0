@NullMarked
package dev.millrace.views.shell;

import org.jspecify.annotations.NullMarked;
