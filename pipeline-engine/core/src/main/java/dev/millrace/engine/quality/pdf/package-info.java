/// Quality reports as PDF, made with OpenPDF.
@NullMarked
package dev.millrace.engine.quality.pdf;

import org.jspecify.annotations.NullMarked;
