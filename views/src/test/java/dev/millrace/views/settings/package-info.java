@NullMarked
package dev.millrace.views.settings;

import org.jspecify.annotations.NullMarked;
