@NullMarked
package dev.millrace.app.cli;

import org.jspecify.annotations.NullMarked;
