@NullMarked
package dev.millrace.views.export;

import org.jspecify.annotations.NullMarked;
