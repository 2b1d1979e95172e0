@NullMarked
package dev.millrace.app.crash;

import org.jspecify.annotations.NullMarked;
