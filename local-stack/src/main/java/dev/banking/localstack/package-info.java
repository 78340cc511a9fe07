/**
 * Real backends on this machine, without Docker: PostgreSQL and Redis from Maven Central, RabbitMQ
 * from the machine's package. For tests, also as containers.
 *
 * <p>Promises: durable settings, loopback only, and that no process outlives the JVM that started
 * it, however that JVM ends. Does not: know the applications, their schemas or keys; of their
 * queues it knows the names, which the broker's policy needs.
 *
 * <p>Tests take {@link dev.banking.localstack.Backends#shared()}: one set for each JVM, with free
 * ports and throw-away data. {@link dev.banking.localstack.Backends#environment()} has the
 * addresses under the names that the applications read. A {@link dev.banking.localstack.Backend}
 * can be stopped, killed and started again; it keeps its port and its data.
 */
@NullMarked
package dev.banking.localstack;

import org.jspecify.annotations.NullMarked;
