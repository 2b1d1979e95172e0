/// What a bug report needs, in one file, without secrets.
@NullMarked
package dev.millrace.app.bundle;

import org.jspecify.annotations.NullMarked;
