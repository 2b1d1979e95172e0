@NullMarked
package dev.millrace.views.flow;

import org.jspecify.annotations.NullMarked;
