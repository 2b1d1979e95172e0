/// Dark and light: colours by role, and the bundled typeface.
@NullMarked
package dev.millrace.views.theme;

import org.jspecify.annotations.NullMarked;
