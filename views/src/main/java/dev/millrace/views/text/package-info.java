/// Numbers, sizes, times and names as people read them.
@NullMarked
package dev.millrace.views.text;

import org.jspecify.annotations.NullMarked;
