@NullMarked
package dev.millrace.views.desk;

import org.jspecify.annotations.NullMarked;
