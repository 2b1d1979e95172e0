@NullMarked
package dev.millrace.app.bench;

import org.jspecify.annotations.NullMarked;
