@NullMarked
package dev.millrace.views.quality;

import org.jspecify.annotations.NullMarked;
