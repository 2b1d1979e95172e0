@NullMarked
package dev.millrace.views;

import org.jspecify.annotations.NullMarked;
