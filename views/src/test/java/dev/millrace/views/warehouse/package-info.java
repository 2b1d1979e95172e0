@NullMarked
package dev.millrace.views.warehouse;

import org.jspecify.annotations.NullMarked;
