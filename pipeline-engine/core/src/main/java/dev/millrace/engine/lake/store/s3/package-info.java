/// A prefix of an S3 bucket as a store; the only place that names the AWS SDK, whose classes are
/// loaded when a lake lies there and else not.
@NullMarked
package dev.millrace.engine.lake.store.s3;

import org.jspecify.annotations.NullMarked;
