/// Dead letters: why they are none of their feed's events, mended, sent again, set aside.
@NullMarked
package dev.millrace.views.letters;

import org.jspecify.annotations.NullMarked;
