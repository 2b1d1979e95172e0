@NullMarked
package dev.millrace.views.controls;

import org.jspecify.annotations.NullMarked;
