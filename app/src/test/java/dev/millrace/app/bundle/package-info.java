@NullMarked
package dev.millrace.app.bundle;

import org.jspecify.annotations.NullMarked;
