@NullMarked
package dev.millrace.views.letters;

import org.jspecify.annotations.NullMarked;
