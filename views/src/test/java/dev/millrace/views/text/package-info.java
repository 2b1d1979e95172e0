@NullMarked
package dev.millrace.views.text;

import org.jspecify.annotations.NullMarked;
