/// A stand-in for Amazon Redshift on this machine; docs/redshift-stand-in.md lists where it
/// differs.
@NullMarked
package dev.millrace.embedded.redshift;

import org.jspecify.annotations.NullMarked;
