@NullMarked
package dev.millrace.views.overview;

import org.jspecify.annotations.NullMarked;
