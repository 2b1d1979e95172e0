@NullMarked
package dev.millrace.views.lake;

import org.jspecify.annotations.NullMarked;
