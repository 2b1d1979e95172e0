/// Small controls that several rooms share.
@NullMarked
package dev.millrace.views.controls;

import org.jspecify.annotations.NullMarked;
