/// The services of a home, run for real beside the console: a Kafka broker in this JVM and a
/// PostgreSQL server as a child process, both on the loopback interface only.
@NullMarked
package dev.millrace.embedded;

import org.jspecify.annotations.NullMarked;
